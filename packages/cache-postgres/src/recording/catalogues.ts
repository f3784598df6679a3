import pg from 'pg';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { readCatalogue } from '../catalogue/read-catalogue.ts';
import { type Understood, understand } from '../dependencies/understand.ts';

/** Statements of one text are understood once. More texts than this are ones with values written into them. */
const mostTexts = 5_000;

/** What statements mean on connections of one sort: of one database, role and search path. */
export class Meanings {
  readonly #catalogue: Catalogue;
  readonly #understood = new Map<string, Understood>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** @throws {ParserAway} when it may be understood later */
  of(text: string): Understood {
    let found = this.#understood.get(text);
    if (!found) {
      found = understand(text, this.#catalogue);
      if (this.#understood.size === mostTexts) this.#understood.clear();
      this.#understood.set(text, found);
    }
    return found;
  }
}

/** The meanings of statements, by sort of connection, until the database's own words may mean something else. */
export class Catalogues {
  readonly #known = new Map<string, Promise<Meanings>>();

  /**
   * What statements mean on a connection, asked on one of the same settings.
   * @throws what connecting throws
   */
  of(sort: string, connection: pg.ClientConfig): Promise<Meanings> {
    let found = this.#known.get(sort);
    if (!found) {
      const asked = ask(connection);
      found = asked;
      this.#known.set(sort, asked);
      asked.catch(() => {
        if (this.#known.get(sort) === asked) this.#known.delete(sort);
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
