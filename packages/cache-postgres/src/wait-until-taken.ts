import { setTimeout as sleep } from 'node:timers/promises';
import type { Asks } from './asks.ts';
import { keepingOf } from './authority-lock.ts';
import { bound } from './bound.ts';
import { stillWaiting } from './outbox.ts';
import type { OutboxRow } from './outbox-row.ts';

/** Milliseconds between two looks whether the rows are gone; who keeps the authority is woken or looks every 200. */
const pause = 20;

/**
 * Acknowledges a write of a process that does not keep the authority, such as a command beside the server: waits until
 * the one that does has taken the rows, and at most `patience`, after which it serves nothing that it has not checked.
 * Returns at once when no process keeps it. Never rejects: what it cannot ask it waits out.
 * @param rows undefined when the write is committed and its rows are not known
 * @param patience milliseconds
 */
export async function waitUntilTaken(
  client: Asks,
  rows: readonly OutboxRow[] | undefined,
  patience = 2 * bound,
): Promise<void> {
  const until = performance.now() + patience;
  const ids = rows?.map(({ id }) => id);
  try {
    while (performance.now() < until) {
      // Abandoned: killed perhaps, or alive and about to notice that its connection is gone. Then only time tells.
      if ((await keepingOf(client)) === 'released') return;
      if (ids && (await stillWaiting(client, ids)).size === 0) return;
      await sleep(Math.min(pause, Math.max(0, until - performance.now())));
    }
  } catch {
    await sleep(Math.max(0, until - performance.now()));
  }
}
