import { setTimeout as timer } from 'node:timers/promises';
import type pg from 'pg';

/** Milliseconds within which what was written must have been told to the cache, and forgotten. */
const bound = 1000;

/**
 * Waits until the outbox is empty.
 * @returns rows still there after a second; 0 is as it must be
 */
export async function rowsLeftInOutbox(owner: pg.Client): Promise<number> {
  const began = performance.now();
  for (;;) {
    const asked = performance.now();
    const { rows } = await owner.query<{ count: number }>('select count(*)::int from vif_cache.outbox');
    const left = rows[0]?.count ?? 0;
    if (left === 0 || asked - began > bound) return left;
    await timer(10);
  }
}
