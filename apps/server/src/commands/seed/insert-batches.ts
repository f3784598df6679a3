import type { Client } from 'pg';

/** What the records of a table are made of: their columns' types. */
type Types = Readonly<Record<string, 'text' | 'boolean' | 'numeric' | 'uuid' | 'timestamptz'>>;

/** Rows of one statement; more make it no faster. */
const batch = 1000;

/**
 * Inserts as many records as told, made while the database works on those before.
 * @param make the record at a place, counted from 0
 * @param progress told how many are in
 */
export async function insertBatches(
  owner: Client,
  table: 'data.organisations' | 'data.people',
  types: Types,
  count: number,
  make: (at: number) => object,
  progress: (done: number) => void,
): Promise<void> {
  const names = Object.keys(types).join(', ');
  const definitions = Object.entries(types).map(([name, type]) => `${name} ${type}`);
  const statement = {
    name: `seed ${table}`,
    text: `insert into ${table} (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as r(${definitions.join(', ')})`,
  };
  let working: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < count; from += batch) {
    const rows = Array.from({ length: Math.min(batch, count - from) }, (_, at) => make(from + at));
    const values = [JSON.stringify(rows)];
    await working;
    progress(from);
    working = owner.query({ ...statement, values });
    working.catch(() => undefined); // awaited after the next rows are made
    // Lets the statement go out before they are.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await working;
}
