import type { Awaitable, Recorded, Recorder } from '@vif/cache';
import { Recording } from './recording.ts';
import { recordings } from './recordings.ts';

/**
 * Finds out what a load depends on from the SQL that it sends through a `TrackedPool`. Whatever it reads elsewhere it has to
 * say itself, by its tags.
 *
 * @example
 * const cache = new Cache({ authority, usable: () => lease.held, recorder: sqlRecorder });
 * const order = await cache.getOrSet(`order:${id}`, () => db.select().from(orders).where(eq(orders.id, id)));
 */
export const sqlRecorder: Recorder = {
  record: async <Value>(load: () => Awaitable<Value>): Promise<Recorded<Value>> => {
    const recording = new Recording();
    try {
      const value = await recordings.run(recording, async () => load());
      return { value, ...(await recording.end()) };
    } catch (error) {
      return { error, ...(await recording.end()) };
    }
  },
};
