import type { Awaitable, Token } from './authority.ts';

/** A value as a tier holds it. */
export interface Stored<Value> {
  readonly value: Value;
  readonly token: Token;
  /** What the value is counted under in the statistics. */
  readonly namespace: string;
  /** When it is no longer fresh, in milliseconds of the cache's clock. */
  readonly expires: number;
  /** What the value takes; the tier adds what keeping it takes. */
  readonly bytes: number;
}

/**
 * Where cached values are kept. A tier may lose any of them at any time and never gives one that was not set under that
 * very key, so that whoever asks only has to ask an authority whether it is still right. Only one that is out of reach
 * throws.
 */
export interface Tier<Value> {
  /** The value held, fresh or not. */
  get(key: string): Awaitable<Stored<Value> | undefined>;
  /** Holds a value in the place of what was held under the key; one that alone is too much is not held, nor what was. */
  set(key: string, stored: Stored<Value>): Awaitable<void>;
  delete(key: string): Awaitable<void>;
}
