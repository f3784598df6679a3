import type { Tag, Token, Verdict } from './authority.ts';
import type { Invalidation, Journal } from './journal.ts';
import type { TierStack } from './stack/tier-stack.ts';

/** What a tier holds of a key, and whether it counts. Moments are in milliseconds of the cache's clock. */
export interface HeldIn {
  readonly tier: string;
  readonly held: boolean;
  /** It did not answer, or is not asked for the time being. */
  readonly away: boolean;
  readonly storedAt?: number;
  readonly expires?: number;
  readonly bytes?: number;
  /** What the authority says of it. */
  readonly verdict?: Verdict;
  /** Of its tags, those that were bumped since it was read. */
  readonly outdated?: readonly Tag[];
  readonly tags?: readonly Tag[];
}

/** Why the next read of a key would be a hit or not. */
export interface Explanation {
  readonly key: string;
  /** What the next read would do. `hit in …` names the tier. */
  readonly next: string;
  readonly tiers: readonly HeldIn[];
  /** Why what was loaded last was not kept: what it depends on could not be known. */
  readonly notKept?: string;
  /** What it was read again for lately, or will be, the newest first; with a `journal`. */
  readonly invalidations?: readonly Invalidation[];
}

/** What is known of a key besides what is held. */
interface Known {
  readonly now: number;
  readonly isLoading: boolean;
  readonly notKept: string | undefined;
  readonly journal: Journal | undefined;
}

/** Looks without counting, storing or loading anything; the memory tier takes it as a use. */
export async function explain<Value>(
  stack: TierStack<Value>,
  key: string,
  known: Known,
): Promise<Explanation> {
  const { notKept, journal } = known;
  const held = await stack.heldIn(key);
  const tiers = await Promise.all(held.map((one) => judged(stack, one)));
  const tokens = held.flatMap(({ stored }): Token[] => (stored ? [stored.token] : []));
  return {
    key,
    next: nextOf(tiers, known),
    tiers,
    ...(notKept !== undefined && { notKept }),
    ...(journal && { invalidations: await journal.of(key, tokens) }),
  };
}

async function judged<Value>(
  { authority }: TierStack<Value>,
  { tier, stored, away }: Awaited<ReturnType<TierStack<Value>['heldIn']>>[number],
): Promise<HeldIn> {
  if (!stored) return { tier, held: false, away };
  const { token, storedAt, expires, bytes } = stored;
  const outdated: Tag[] = [];
  for (const tag of token.tags)
    if ((await authority.check({ ...token, tags: [tag] })) === 'outdated') outdated.push(tag);
  const verdict = await authority.check(token);
  return { tier, held: true, away, storedAt, expires, bytes, verdict, outdated, tags: token.tags };
}

function nextOf(tiers: readonly HeldIn[], { now, isLoading, notKept }: Known): string {
  for (const { tier, verdict, expires } of tiers) {
    if (verdict === 'current' && expires !== undefined && expires > now) return `hit in ${tier}`;
    if (verdict === 'unreachable') return 'load, and store nothing: the authority cannot be asked';
  }
  if (isLoading) return 'wait for the load that is under way';
  const reasons = tiers
    .filter(({ held }) => held)
    .map(({ tier, verdict, outdated }) =>
      verdict === 'current'
        ? `expired in ${tier}`
        : verdict === 'outdated'
          ? `outdated in ${tier} by ${outdated?.join(', ')}`
          : `forgotten by the authority, though held in ${tier}`,
    );
  const why = reasons.length > 0 ? reasons.join('; ') : 'nothing is held';
  return `load: ${why}${notKept === undefined ? '' : `; not kept: ${notKept}`}`;
}
