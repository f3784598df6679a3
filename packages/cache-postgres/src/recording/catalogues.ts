import pg from 'pg';
import { readCatalogue } from '../catalogue/read-catalogue.ts';
import { Meanings } from './meanings.ts';

/**
 * What statements mean, by database, role and search path: read from the database when first asked for, and kept until
 * `forget`. One serves all pools of a database.
 *
 * @example
 * const catalogues = new Catalogues();
 * const lease = await AuthorityLease.open({ connection, authority, onTracking: () => catalogues.forget(), … });
 * const pool = new TrackedPool({ connectionString, acknowledge: (rows) => lease.acknowledge(rows), catalogues });
 */
export class Catalogues {
  readonly #known = new Map<string, Promise<Meanings>>();

  /**
   * What statements mean on a connection, asked on another one of the same settings.
   * @param key equal for connections on which names mean the same
   * @throws what connecting throws
   */
  of(key: string, connection: pg.ClientConfig): Promise<Meanings> {
    let found = this.#known.get(key);
    if (!found) {
      const asked = ask(connection);
      found = asked;
      this.#known.set(key, asked);
      asked.catch(() => {
        if (this.#known.get(key) === asked) this.#known.delete(key);
      });
    }
    return found;
  }

  /** Tables, views or triggers have changed. To be called before the authority forgets. */
  forget(): void {
    this.#known.clear();
  }
}

async function ask(connection: pg.ClientConfig): Promise<Meanings> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined); // the query that it happens to rejects
  try {
    await client.connect();
    return new Meanings(await readCatalogue(client));
  } finally {
    await client.end().catch(() => undefined);
  }
}
