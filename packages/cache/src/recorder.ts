import type { Awaitable, Tag } from './authority.ts';

/** A load that ended, and what it was found to depend on. */
export type Recorded<Value> = ({ readonly value: Value } | { readonly error: unknown }) & {
  readonly tags: readonly Tag[];
  /** Why all that it depends on cannot be known: then it is nobody's but its reader's. */
  readonly refused?: string | undefined;
};

/**
 * Runs loads and finds out what they depend on, so that nobody has to say it: `@vif/cache-postgres` does from the SQL
 * that they send. What a load says besides, by its options or `tag`, counts too.
 */
export interface Recorder {
  /** Never rejects. */
  record<Value>(this: void, load: () => Awaitable<Value>): Promise<Recorded<Value>>;
}
