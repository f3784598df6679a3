import type { Authority, Awaitable, Position, Token, Verdict } from './authority.ts';

/** A value as a tier holds it. Moments are in milliseconds of the cache's clock. */
export interface Stored<Value> {
  readonly value: Value;
  readonly token: Token;
  /** What the value is counted under in the statistics. */
  readonly namespace: string;
  /** When it was loaded. */
  readonly storedAt: number;
  /** When it is no longer fresh. */
  readonly expires: number;
  /** Until when it may be given out though expired, while it is loaded again or when that fails; `expires` or later. */
  readonly keptUntil: number;
  /** What the value takes; the tier adds what keeping it takes. */
  readonly bytes: number;
}

/**
 * Where cached values are kept. A tier may lose any of them at any time and never gives one that was not set under that
 * very key, so that whoever asks only has to ask an authority whether it is still right. Only one that is out of reach
 * throws.
 */
export interface Tier<Value> {
  /** What it is called in statistics, events and logs: `memory`, `filesystem`, `redis`. */
  readonly name: string;
  /** The value held, fresh or not. */
  get(key: string): Awaitable<Stored<Value> | undefined>;
  /** Holds a value in the place of what was held under the key; one that alone is too much is not held, nor what was. */
  set(key: string, stored: Stored<Value>): Awaitable<void>;
  delete(key: string): Awaitable<void>;
  /** Lets go of what is held under keys that begin so, as far as it can tell. To free room: it is the authority that invalidates. */
  clear(prefix: string): Awaitable<void>;
  /** Tells from now on of every value that comes (1) or goes (-1), and of its bytes. */
  countWith?(onChange: OnChange): void;
}

export type OnChange = (this: void, namespace: string, entries: 1 | 0 | -1, bytes: number) => void;

/** What a joint tier finds in one round trip, all of it true at one moment after it was asked. */
export interface Look<Value> {
  /** The value held under the key, fresh or not, if its token is current. */
  readonly stored: Stored<Value> | undefined;
  /** Why there is none: nothing that can be read is held, or what the authority says of what is. */
  readonly missed: 'absent' | 'outdated' | 'forgotten' | undefined;
  /** Where the authority stands: for a load that begins now. */
  readonly position: Position;
  /** Who has the lease for loading the key's value. Undefined when nobody has, or none is needed as the value is fresh. */
  readonly holder: string | undefined;
}

/**
 * A tier that lies with its authority, so that both are asked in one round trip, and that knows who of several processes
 * loads a value. A lease ends by itself some seconds after its holder died. It keeps others from loading in vain and
 * orders nothing: two who load at once are both right.
 */
export interface JointTier<Value> extends Tier<Value> {
  /** A cache that asks another authority uses it as any other tier. */
  readonly authority: Authority;
  /**
   * @param asker becomes the lease's holder if nobody is and there is no value that is current and fresh
   * @throws when it is out of reach
   */
  look(key: string, asker?: string): Promise<Look<Value>>;
  /**
   * Holds a value if its token is current, and lets go of the lease if `holder` has it.
   * @throws when it is out of reach
   */
  settle(key: string, stored: Stored<Value>, holder?: string): Promise<Verdict>;
  /**
   * Keeps a lease for some seconds more.
   * @throws when it is out of reach
   */
  renew(key: string, holder: string): Promise<void>;
  /**
   * Lets go of a lease without a value.
   * @throws when it is out of reach
   */
  release(key: string, holder: string): Promise<void>;
}
