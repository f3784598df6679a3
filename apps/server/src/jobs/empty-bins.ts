import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

const hour = 3600 * 1000;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Deletes for good what has been in any workspace's bin for 30 days. Several servers may do it at once: each row goes
 * once.
 */
export async function emptyBins(database: Database): Promise<void> {
  await database.write({ workspaceId: nobody }, (db) => sql`select app.empty_bins()`.execute(db));
}

/**
 * Empties the bins now and every hour.
 * @returns stops it
 */
export function emptyBinsHourly(
  database: Database,
  onError: (this: void, error: unknown) => void,
): () => void {
  const run = () => void emptyBins(database).catch(onError);
  run();
  const timer = setInterval(run, hour);
  timer.unref();
  return () => clearInterval(timer);
}
