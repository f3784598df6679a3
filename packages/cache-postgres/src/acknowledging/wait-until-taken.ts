import { setTimeout as sleep } from 'node:timers/promises';
import { keepingOf } from '../authority/authority-lock.ts';
import { bound } from '../authority/bound.ts';
import type { Queryable } from '../connection/queryable.ts';
import { notifyLeft } from '../outbox/notify-left.ts';
import { stillWaiting } from '../outbox/outbox.ts';
import type { OutboxRow } from '../outbox/outbox-row.ts';

/** Milliseconds between two looks whether the rows are gone. */
const pause = 5;

/**
 * Acknowledges a write of a process that does not keep the authority, such as a command beside the server: waits until
 * one that does has taken the rows, and at most `patience`, after which none serves what it has not checked.
 * Returns at once when no process keeps it. Never rejects: what it cannot ask it waits out.
 * @param rows undefined when the write is committed and its rows are not known
 * @param patience milliseconds
 *
 * @example
 * const Client = acknowledgingClient((rows, client) => waitUntilTaken(client, rows));
 */
export async function waitUntilTaken(
  client: Queryable,
  rows: readonly OutboxRow[] | undefined,
  patience = 2 * bound,
): Promise<void> {
  const until = performance.now() + patience;
  let woken = false;
  const ids = rows?.map(({ id }) => id);
  try {
    // Abandoned: killed perhaps, or alive and about to notice that its connection is gone. Then only time tells.
    while (performance.now() < until && (await keepingOf(client)) !== 'released') {
      if (ids && (await stillWaiting(client, ids)).size === 0) return;
      if (!woken) await notifyLeft(client);
      woken = true;
      await sleep(Math.min(pause, Math.max(0, until - performance.now())));
    }
  } catch {
    await sleep(Math.max(0, until - performance.now()));
  }
}
