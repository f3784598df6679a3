import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import type { Logger } from 'pino';
import { buildApp } from '../app.ts';
import { isConnectionFault } from '../db/connection-faults.ts';
import { reachServer } from '../db/reach-server.ts';
import type { Environment } from '../environment.ts';
import { HouseDoor } from '../house.ts';
import type { Address } from '../http/address.ts';
import { webFolder } from '../http/web-app.ts';
import { emptyBinsHourly } from '../jobs/empty-bins.ts';
import { type OpenHouse, openHouse } from '../open-house.ts';
import type { Lifetime } from './lifetime.ts';

/** Requests under way are given this long when Vif stops, in milliseconds. */
const drainTime = 10_000;

interface ServeHouseOptions {
  readonly environment: Environment;
  readonly address: Address;
  readonly uploadFolder: string;
  readonly logger: Logger;
  readonly lifetime: Lifetime;
}

/** The part of Vif that answers requests: the whole of it, or one of several processes. */
export class HouseServer {
  readonly #options: ServeHouseOptions;
  readonly #door = new HouseDoor();

  constructor(options: ServeHouseOptions) {
    this.#options = options;
  }

  /** Answers from now on, /health at least. */
  async listen(): Promise<void> {
    const { environment, address, logger, uploadFolder, lifetime } = this.#options;
    const app = await buildApp({
      houseDoor: this.#door,
      logger,
      url: address.url,
      uploadFolder,
      webFolder: isApiOnly() ? undefined : webFolder,
      behindProxy: environment.url !== undefined,
    });
    lifetime.ends('requests', () => drain(app));
    await app.listen({ port: address.port, host: address.host });
  }

  /**
   * Opens the database, trying for as long as it takes, and then the house's door.
   * @param connection the owner's
   * @param before what else an owner has to do, while nobody is answered yet
   */
  async open(connection: pg.ClientConfig, before: (owner: pg.Client) => Promise<void>): Promise<void> {
    const { environment, address, logger, lifetime } = this.#options;
    for (;;) {
      const owner = await reachServer(connection, lifetime.say, lifetime.signal);
      try {
        const house: OpenHouse = await openHouse(owner, {
          connection,
          databaseAppUrl: environment.databaseAppUrl,
          poolSize: environment.databasePool,
          cache: { memory: environment.cacheMemory, redisUrl: environment.redisUrl },
          url: address.url,
          logger,
        });
        await before(owner).catch(async (error: unknown) => {
          await house.close();
          throw error;
        });
        lifetime.ends('house', () => house.close());
        this.#door.open(house);
        return;
      } catch (error) {
        if (!isConnectionFault(error)) throw error;
        lifetime.say('The connection to the database was lost while opening it. Vif tries again.');
        await pause(1000);
      } finally {
        await owner.end().catch(() => undefined);
      }
    }
  }

  /** Begins what runs by the clock, in one process of a machine. */
  beginJobs(): void {
    const { logger, lifetime } = this.#options;
    lifetime.ends(
      'jobs',
      emptyBinsHourly(this.#door.house.database, (err) => logger.error({ err })),
    );
  }
}

/** Whether the web app is left to another program, as in development. */
export const isApiOnly = () => process.argv.includes('--api-only');

/** Lets requests under way end, then closes what is left of their connections. */
async function drain(app: FastifyInstance) {
  const timer = setTimeout(() => app.server.closeAllConnections(), drainTime);
  // A connection kept alive becomes idle when its last answer is out, which is after the server began to close.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  await app.close();
  clearInterval(idle);
  clearTimeout(timer);
}
