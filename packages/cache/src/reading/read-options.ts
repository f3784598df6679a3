import type { Tag } from '../authority.ts';
import type { Guard } from '../values/guarded.ts';

/** What a namespace or a single read settles. Times are milliseconds, shares lie between 0 and 1. */
export interface ReadOptions<Value> {
  /** How long the value is fresh at most; 0 keeps it for nobody but who asked and who waits with them. Five minutes unless given. */
  readonly ttl?: number | ((value: Value) => number);
  /** How long undefined and null are fresh at most; `ttl` unless given. */
  readonly absentTtl?: number;
  /** The share of the time to live that is left off at random, so that what was stored together does not expire together; 0 unless given. */
  readonly jitter?: number;
  /**
   * What the value depends on, besides what `load` says with `loading.tag`. With tags known without the value, those who
   * wait for a load that fails share its error instead of trying too.
   */
  readonly tags?: readonly Tag[] | ((value: Value) => readonly Tag[]);
  /** Values that are not stored. */
  readonly skipIf?: (value: Value) => boolean;
  /**
   * How long an expired value is still kept, to be given out when a load fails or takes longer than `softTimeout`; never one
   * that was invalidated. 0 unless given.
   */
  readonly grace?: number;
  /** How long a reader waits for a load when there is such a value; 0 never lets one wait. As long as it takes unless given. */
  readonly softTimeout?: number;
  /** How long a reader waits for a load at all; the load goes on and its value is stored. As long as it takes unless given. */
  readonly hardTimeout?: number;
  /** A hit with less than this share of its time to live left is loaded again behind its reader's back; none unless given. */
  readonly refreshAhead?: number;
  /** What keeps callers from changing what is held in memory; `freeze` unless given. */
  readonly guard?: Guard;
  /** What the value takes in memory, in bytes; estimated unless given. */
  readonly bytes?: number | ((value: Value) => number);
  /** Ends this reader's waiting. The load goes on for others; when nobody waits any more its own signal is aborted. */
  readonly signal?: AbortSignal;
}

/** What a load may use and say. */
export interface Loading<Value> {
  /** Aborted when nobody waits for the load any more. */
  readonly signal: AbortSignal;
  /** The value that expired and was not invalidated, if there is one, for loads that only ask whether it still holds. */
  readonly expired: Value | undefined;
  /** Says something that the value depends on. */
  tag(this: void, ...tags: readonly Tag[]): void;
  /** Says how long the value may be used, in milliseconds, when that is less than its time to live. */
  keepFor(this: void, longest: number): void;
}

export type Load<Value> = (loading: Loading<Value>) => Value | Promise<Value>;

export const defaultTtl = 300_000;
export const defaultGuard: Guard = 'freeze';
