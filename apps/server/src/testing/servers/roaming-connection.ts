import { setTimeout as pause } from 'node:timers/promises';
import { anyOf } from '../stale/any-of.ts';
import { type StaleAsk, type StaleAsker, StaleConnection, type StaleReply } from '../stale/connection.ts';
import type { OneVif } from './one-vif.ts';
import type { Trouble } from './trouble.ts';

/** Milliseconds before somebody asks again who was not served. */
const breath = 25;

interface Who {
  readonly cookie?: string | undefined;
  readonly coding?: string | undefined;
}

/** One asker before several servers: each request goes to any of those that take requests. */
export class RoamingConnection implements StaleAsker {
  readonly #servers: readonly OneVif[];
  readonly #trouble: Trouble;
  readonly #connections: ReadonlyMap<OneVif, StaleConnection>;

  constructor(servers: readonly OneVif[], trouble: Trouble, who: Who) {
    this.#servers = servers;
    this.#trouble = trouble;
    this.#connections = new Map(
      servers.map((server) => [server, new StaleConnection(server.address, who.cookie, who.coding)]),
    );
  }

  /** A connection that is lost is a reply with the status 0. */
  async ask(path: string, options: StaleAsk = {}): Promise<StaleReply> {
    const open = this.#servers.filter(({ takes }) => takes);
    const free = open.filter(({ asked, most }) => asked < most);
    const server = anyOf([free, open, this.#servers].find(({ length }) => length > 0) ?? []);
    const isExcuse = this.#trouble.watch();
    server.asked++;
    const reply = await this.#askAt(server, path, options).finally(() => server.asked--);
    const excused = isExcuse(reply);
    if (excused) await pause(breath);
    return { ...reply, by: server.name, excused };
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  async #askAt(server: OneVif, path: string, options: StaleAsk): Promise<StaleReply> {
    try {
      const connection = this.#connections.get(server);
      if (!connection) throw new Error(`There is no connection to ${server.name}`);
      return await connection.ask(path, options);
    } catch (error) {
      return { status: 0, headers: {}, text: String(error), port: undefined };
    }
  }
}
