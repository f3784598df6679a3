import type { Awaitable, Tag, Token } from './authority.ts';

/** Why something was read again: a bump of what it depended on. */
export interface Invalidation {
  /** Of what the value depended on, what was bumped. */
  readonly tags: readonly Tag[];
  /** When: ISO 8601. */
  readonly at: string;
  /** The table that was written, with its schema; absent of what was invalidated by hand. */
  readonly table?: string;
  /** What the statement did; absent where that is known in another process alone. */
  readonly operation?: string;
  /** The transaction that wrote; absent where that is known in another process alone. */
  readonly transaction?: string;
  /** How many held values reads have found outdated by it so far. */
  readonly entries: number;
}

/** Keeps for a while what was invalidated, so that `explain` can say it: `Invalidations` of `@vif/cache-postgres` does. */
export interface Journal {
  /** A read found what was held under a key outdated. Called within the read: it is to be short. */
  outdated(this: void, key: string, token: Token): void;
  /**
   * What made reads find a key outdated, and what outdates what is held of it now; the newest first.
   * @param held tokens of what is held
   */
  of(this: void, key: string, held: readonly Token[]): Awaitable<readonly Invalidation[]>;
}
