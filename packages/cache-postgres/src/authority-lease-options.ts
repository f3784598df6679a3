import type { Awaitable, Tag } from '@vif/cache';
import type pg from 'pg';
import { bound } from './bound.ts';

export interface AuthorityLeaseOptions {
  /** Settings of the one connection that the lease stands on. */
  readonly connection: pg.ClientConfig;
  /** Where tags are bumped. */
  readonly authority: { bump(tags: Iterable<Tag>): Awaitable<unknown> };
  /** Whether the authority is there before and after this process, and so may have missed what was written without it. */
  readonly outlives?: boolean;
  /** Called before the lease is held again after bumps may have been missed: nothing that was cached counts then. */
  forget(this: void): Awaitable<void>;
  /** Told once at each change that people should know of, in a sentence. */
  onChange(this: void, sentence: string): void;
  /** Milliseconds to wait for a process that keeps the authority already. */
  readonly patience?: number;
  /** T, in milliseconds: how old the last good look through the outbox may be. */
  readonly bound?: number;
  /** Milliseconds between two looks when nothing wakes it. */
  readonly poll?: number;
  /** Milliseconds between two looks at the triggers. */
  readonly driftEvery?: number;
  /** Milliseconds that only grow. */
  clock?(this: void): number;
}

export const defaults = {
  outlives: false,
  patience: 15_000,
  bound,
  poll: 200,
  driftEvery: 200,
  clock: () => performance.now(),
};
