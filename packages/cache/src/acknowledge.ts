import type { Awaitable } from './authority.ts';
import { bypass } from './reading/bypass.ts';

/** A committed write: what its caller is answered, and what it changed. */
export interface Committed<Answer, Changed> {
  readonly answer: Answer;
  readonly changed: Changed;
}

/**
 * Commits a write and bumps what it changed before its caller hears of it. That order is the whole promise: once the
 * caller knows that the write is done, no read finds what it replaced. Reads within `commit` bypass every cache.
 *
 * @param authority an authority, which is told tags, or who passes on to one what `commit` says was changed
 * @throws what committing throws, or the authority when it cannot be reached
 * @example
 * const order = await acknowledge(authority, async () => {
 *   const answer = await orders.save(change);
 *   return { answer, changed: [`order:${answer.id}`, 'orders'] };
 * });
 */
export async function acknowledge<Answer, Changed>(
  authority: { bump(changed: Changed): Awaitable<unknown> },
  commit: () => Promise<Committed<Answer, Changed>>,
): Promise<Answer> {
  const { answer, changed } = await bypass(commit);
  await authority.bump(changed);
  return answer;
}
