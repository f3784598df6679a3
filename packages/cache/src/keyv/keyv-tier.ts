import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import type { Keyv } from 'keyv';
import type { Stored, Tier } from '../tier.ts';
import { decodeStored, encodeStored } from '../values/stored-entry.ts';
import { WrittenBytes } from './written-bytes.ts';

export interface KeyvTierOptions {
  /** What it is called in statistics, events and logs; `keyv` unless given. */
  readonly name?: string;
  /**
   * What the values that this process put there may take, in bytes as they are stored. Without, the store bounds itself, as
   * Redis does with `maxmemory`; a Map does not.
   */
  readonly maxBytes?: number;
  /** Milliseconds since 1970; when a value has expired. */
  readonly now?: () => number;
}

/**
 * Values in any store that Keyv can use. A value is text that says its key, its token and its own sum, so that one which the
 * store took for another's, cut off or wrote anew is refused.
 *
 * @example
 * const keyv = new Keyv({ store: new KeyvRedis('redis://…'), namespace: 'shop' });
 * const cache = new Cache({ tiers: [new MemoryTier({ maxBytes: 64e6 }), new KeyvTier(keyv)] });
 */
export class KeyvTier<Value> implements Tier<Value> {
  readonly name: string;
  readonly #keyv: Keyv;
  readonly #now: () => number;
  readonly #written: WrittenBytes;
  /** What went wrong in the call that runs: Keyv tells its errors as events, and answers as if there were nothing. */
  readonly #call = new AsyncLocalStorage<{ failed?: { readonly error: unknown } }>();

  /** @throws {TypeError} for a Keyv without a namespace: to clear it would delete what else is in the store */
  constructor(keyv: Keyv, options: KeyvTierOptions = {}) {
    const { name = 'keyv', maxBytes = Infinity, now = Date.now } = options;
    if (!keyv.namespace) throw new TypeError('Give the Keyv a namespace: a cache clears all that is in it.');
    this.name = name;
    this.#keyv = keyv;
    this.#now = now;
    this.#written = new WrittenBytes(maxBytes);
    keyv.on('error', (error: unknown) => {
      const call = this.#call.getStore();
      if (call) call.failed ??= { error };
    });
  }

  async get(key: string): Promise<Stored<Value> | undefined> {
    const name = nameOf(key);
    const text: unknown = await this.#ask(() => this.#keyv.get(name));
    if (text === undefined) {
      this.#written.forget(name);
      return undefined;
    }
    const read = decodeStored(key, Buffer.from(typeof text === 'string' ? text : '', 'base64'));
    if ('refused' in read || read.stored.keptUntil <= this.#now()) {
      await this.#remove(name);
      return undefined;
    }
    this.#written.used(name);
    // It was set under this key, by who uses the tier with this type.
    return read.stored as Stored<Value>;
  }

  async set(key: string, stored: Stored<Value>): Promise<void> {
    const name = nameOf(key);
    const left = stored.keptUntil - this.#now();
    const text = encodeStored(key, stored).toString('base64'); // as JSON and Redis' UTF-8 leave it
    if (left <= 0 || !this.#written.fits(text.length)) return this.#remove(name);
    const leaving = this.#written.wrote(name, text.length);
    const held = await this.#ask(() => this.#keyv.set(name, text, left === Infinity ? undefined : left));
    if (!held) await this.#remove(name);
    await Promise.all(leaving.map((one) => this.#remove(one)));
  }

  delete(key: string): Promise<void> {
    return this.#remove(nameOf(key));
  }

  /** The store has whole keys' hashes: it can tell all of them, and no part. */
  async clear(prefix: string): Promise<void> {
    if (prefix !== '') return;
    this.#written.forgetAll();
    await this.#ask(() => this.#keyv.clear());
  }

  async #remove(name: string): Promise<void> {
    this.#written.forget(name);
    await this.#ask(() => this.#keyv.delete(name));
  }

  /** @throws what went wrong */
  async #ask<T>(work: () => Promise<T>): Promise<T> {
    const call: { failed?: { readonly error: unknown } } = {};
    const answer = await this.#call.run(call, work);
    if (call.failed) throw call.failed.error;
    return answer;
  }
}

/** A key in 256 bits: no store has to take it as it is, which may be empty, long or no UTF-8. The text holds it in full. */
function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
