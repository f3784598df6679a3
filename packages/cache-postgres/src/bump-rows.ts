import type { Awaitable, Tag } from '@vif/cache';
import { type OutboxRow, tagsOf } from './outbox-row.ts';

/**
 * How many tags are bumped at once. Redis takes some 30 ms over a thousand, does nothing else meanwhile and must have
 * answered after half a second; a thousand rows can have a hundred thousand, which it could never be told in one call.
 */
const atOnce = 1000;

/**
 * Bumps what rows say was changed; their writer is not answered before all of it is.
 * @throws what the authority throws; then some may have been bumped
 */
export async function bumpRows(
  authority: { bump(tags: Iterable<Tag>): Awaitable<unknown> },
  rows: readonly OutboxRow[],
): Promise<void> {
  const tags = [...tagsOf(rows)];
  for (let from = 0; from < tags.length; from += atOnce)
    await authority.bump(tags.slice(from, from + atOnce));
}
