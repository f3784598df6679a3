import type { Awaitable } from '@vif/cache';
import type pg from 'pg';
import { bound } from '../authority/bound.ts';
import type { CommonAuthority } from '../authority/common-authority.ts';
import type { Bumps, OnBumped } from '../outbox/bump-rows.ts';

export interface AuthorityLeaseOptions {
  /** Settings of the one connection that the lease stands on. */
  readonly connection: pg.ClientConfig;
  /** Where tags are bumped. */
  readonly authority: Bumps;
  /** Which one it is, where several processes share it; without this it lies in this process's memory. */
  readonly common?: CommonAuthority | undefined;
  /** Called before the lease is held when bumps may have been missed: nothing that was cached counts then. */
  forget(this: void): Awaitable<void>;
  /** Called before, when tables, views or triggers are not what they were: what statements mean is to be found out anew. */
  onTracking?(this: void): void;
  /** Told what this process bumped: `noted` of an `Invalidations`. It is to be short, and may not throw. */
  readonly onBumped?: OnBumped;
  /** Told once at each change that people should know of, in a sentence. */
  onChange(this: void, sentence: string): void;
  /** Milliseconds to wait for a process that keeps another authority. */
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
  common: undefined,
  onTracking: () => undefined,
  onBumped: () => undefined,
  patience: 15_000,
  bound,
  poll: 200,
  driftEvery: 200,
  clock: () => performance.now(),
};
