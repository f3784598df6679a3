import type pg from 'pg';
import { readCatalogue } from '../catalogue/read-catalogue.ts';
import { dependedOn } from '../dependencies/depended-on.ts';
import { Refusal } from '../dependencies/refusal.ts';
import { understand } from '../dependencies/understand.ts';
import { TrackedDatabase } from './tracked-database.ts';

/** Says what statements depend on, in a database of a test file's own. */
export interface Meaning {
  /** The tags, without what each narrowed one carries beside (bulk); or why it is refused. */
  readonly of: (
    text: string,
    values?: readonly unknown[],
    settings?: Record<string, string>,
  ) => string[] | string;
  /** Asks PostgreSQL. */
  readonly ask: (text: string) => Promise<pg.QueryResult>;
  readonly stop: () => Promise<void>;
}

/** @param track statements behind the schema's, with the tracking installed */
export async function meaningIn(schema: string, track: string): Promise<Meaning> {
  const database = await TrackedDatabase.start(schema);
  await database.owner.query(track);
  const catalogue = await readCatalogue(database.owner);
  return {
    of(text, values = [], settings = {}) {
      const understood = understand(text, catalogue);
      if (understood.kind === 'refused') return understood.reason;
      if (understood.kind !== 'read') return understood.kind;
      try {
        const tags = dependedOn(understood, { values, settings: new Map(Object.entries(settings)) });
        return [...new Set(tags)].filter((tag) => !tag.endsWith(':bulk')).toSorted();
      } catch (error) {
        if (error instanceof Refusal) return error.message;
        throw error;
      }
    },
    ask: (text) => database.owner.query(text),
    stop: () => database.stop(),
  };
}
