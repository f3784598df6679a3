import { AsyncResource } from 'node:async_hooks';
import pg from 'pg';
import { type TrackedClientOptions, trackedClient } from './tracked-client.ts';

export type TrackedPoolOptions = Omit<pg.PoolConfig, 'Client'> & TrackedClientOptions;

/**
 * A `pg.Pool` whose writes are acknowledged before they are answered, and whose statements tell the load that they are part of
 * what it depends on. Everything that takes a pool of the driver's takes this one: Kysely, Drizzle, TypeORM.
 *
 * @example
 * const pool = new TrackedPool({ connectionString, acknowledge: (rows) => lease.acknowledge(rows), catalogues });
 * const db = drizzle(pool);
 */
export class TrackedPool extends pg.Pool {
  constructor({ acknowledge, catalogues, ...options }: TrackedPoolOptions) {
    super({ ...options, Client: trackedClient({ acknowledge, catalogues }) });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    if (!callback) return super.connect();
    // Who waits is called when somebody else releases: `pool.query` would else be part of the load that did.
    super.connect(AsyncResource.bind(callback));
  }
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;
