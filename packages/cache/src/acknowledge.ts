import type { Authority, Tag } from './authority.ts';

/** A committed write: what its caller is answered, and what it changed. */
export interface Committed<Answer> {
  readonly answer: Answer;
  readonly tags: Iterable<Tag>;
}

/**
 * Commits a write and bumps what it changed before its caller hears of it. That order is the whole promise: once the
 * caller knows that the write is done, no read finds what it replaced.
 *
 * @throws what committing throws, or the authority when it cannot be reached
 * @example
 * const order = await acknowledge(authority, async () => {
 *   const answer = await orders.save(change);
 *   return { answer, tags: [`order:${answer.id}`, 'orders'] };
 * });
 */
export async function acknowledge<Answer>(
  authority: Pick<Authority, 'bump'>,
  commit: () => Promise<Committed<Answer>>,
): Promise<Answer> {
  const { answer, tags } = await commit();
  await authority.bump(tags);
  return answer;
}
