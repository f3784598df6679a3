import { sql } from 'kysely';
import type { HouseDoor } from '../house.ts';

const hour = 3600 * 1000;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Empties what has been in a bin for 30 days, at start and every hour. Several servers may do it at once: each row goes
 * once.
 * @returns stops it
 */
export function emptyBinsHourly(door: HouseDoor, onError: (error: unknown) => void): () => void {
  const run = async () => {
    if (!door.isOpen) return;
    await door.house.database.write({ workspaceId: nobody }, (db) =>
      sql`select app.empty_bins()`.execute(db),
    );
  };
  const timer = setInterval(() => void run().catch(onError), hour);
  timer.unref();
  return () => clearInterval(timer);
}
