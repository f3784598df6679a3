import type { Awaitable, Position, Tag } from '@vif/cache';
import { type OutboxRow, tagsOf } from './outbox-row.ts';

/**
 * How many tags are bumped at once. Redis takes some 30 ms over a thousand, does nothing else meanwhile and must have
 * answered after half a second; a thousand rows can have a hundred thousand, which it could never be told in one call.
 */
const atOnce = 1000;

/** Told what was bumped here, and where the authority stood behind it; the rows of one bump, or of several. */
export type OnBumped = (this: void, rows: readonly OutboxRow[], bumps: readonly Position[]) => void;

/** Where tags are bumped. */
export interface Bumps {
  bump(tags: Iterable<Tag>): Awaitable<Position | undefined>;
}

/**
 * Bumps what rows say was changed; their writer is not answered before all of it is.
 * @throws what the authority throws; then some may have been bumped
 */
export async function bumpRows(
  authority: Bumps,
  rows: readonly OutboxRow[],
  onBumped: OnBumped,
): Promise<void> {
  const tags = [...tagsOf(rows)];
  const bumps: Position[] = [];
  for (let from = 0; from < tags.length; from += atOnce) {
    const position = await authority.bump(tags.slice(from, from + atOnce));
    if (position) bumps.push(position);
  }
  if (tags.length > 0) onBumped(rows, bumps);
}
