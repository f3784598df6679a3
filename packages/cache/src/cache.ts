import type { Authority, Position, Tag, Token } from './authority.ts';
import { Flights, type Landing } from './flights.ts';
import { MemoryTier } from './memory-tier.ts';
import { type Counters, type MissReason, Statistics } from './statistics.ts';

/** What a load gives. */
export interface Loaded<Value> {
  readonly value: Value;
  /** Everything the value depends on. */
  readonly tags: readonly Tag[];
  /** How long it may be used at most, in milliseconds; 0 keeps it for nobody but who asked and who waits with them. */
  readonly ttl: number;
  /** What it takes in memory, in bytes, its key and the keeping apart. */
  readonly bytes: number;
}

export interface ReadOptions {
  /** What the read is counted under in the statistics. */
  readonly namespace: string;
  /** Tags known without the load; with them those who wait for a load that fails share its error instead of trying too. */
  readonly tags?: () => readonly Tag[];
}

/** A value and where it came from. */
export interface Outcome<Value> {
  readonly value: Value;
  readonly from: 'tier' | 'load' | 'joined load';
  /** Why it was no hit. */
  readonly reason?: MissReason;
  /** Whether it is held now for later readers. */
  readonly stored: boolean;
  /** How long it may still be used, in milliseconds. */
  readonly ttl: number;
}

export interface CacheOptions {
  readonly authority: Authority;
  /** What all values together may take in memory, in bytes, their keys and the keeping included; 0 holds nothing. */
  readonly maxBytes: number;
  /** How many values may be held in memory; as many as fit unless given. */
  readonly maxEntries?: number;
  /** Milliseconds; only times to live use it. */
  readonly now?: () => number;
}

/** Rounds of waiting for somebody else's load before a reader loads for itself alone. */
const joinings = 2;

/**
 * Values that are never older than a write that was acknowledged before their read began, provided that writers bump
 * what they change before they acknowledge it (see `acknowledge`) and that loads read from where writers write.
 */
export class Cache<Value> {
  readonly statistics = new Statistics();
  readonly tier: MemoryTier<Value>;
  readonly #authority: Authority;
  readonly #now: () => number;
  readonly #flights = new Flights<Loaded<Value> & { stored: boolean }>();

  constructor({ authority, maxBytes, maxEntries = Infinity, now = Date.now }: CacheOptions) {
    this.tier = new MemoryTier({ maxBytes, maxEntries, onChange: this.statistics.holds });
    this.#authority = authority;
    this.#now = now;
  }

  /**
   * The value of a key: the one held, if it is as fresh as can be, else what `load` gives. One load serves all who wait
   * for the key. `load` must read a state no older than the moment it is called.
   *
   * @throws what `load` throws
   * @example
   * const { value } = await cache.getOrSet(`order:${id}`, { namespace: 'orders' }, async () => {
   *   const order = await orders.find(id);
   *   return { value: order, tags: [`order:${id}`], ttl: 60_000, bytes: 500 };
   * });
   */
  async getOrSet(
    key: string,
    options: ReadOptions,
    load: () => Promise<Loaded<Value>>,
  ): Promise<Outcome<Value>> {
    let reason: MissReason | undefined;
    for (let joined = 0; ; joined++) {
      const found = this.tier.get(key);
      const missed = found === undefined ? 'absent' : await this.#examine(key, found);
      if (found && missed === undefined) {
        this.statistics.of(options.namespace).hits++;
        return { value: found.value, from: 'tier', stored: true, ttl: found.expires - this.#now() };
      }
      reason ??= missed ?? 'absent';
      if (missed === 'unreachable' || joined === joinings) return this.#loadAlone(options, load, reason);
      const flight = this.#flights.joinable(key);
      if (!flight) return this.#loadForAll(key, options, load, reason);
      const landing = await flight;
      if (!landing.usable) continue;
      this.#countMiss(options, reason).joined++;
      if ('error' in landing) throw landing.error;
      const { value, stored, ttl } = landing.value;
      return { value, from: 'joined load', reason, stored, ttl };
    }
  }

  /** Notes that a held value takes more or less than it did, in bytes. */
  reweigh(key: string, value: Value, bytes: number): void {
    this.tier.reweigh(key, value, bytes);
  }

  #countMiss({ namespace }: ReadOptions, reason: MissReason): Counters {
    const counters = this.statistics.of(namespace);
    counters.misses[reason]++;
    return counters;
  }

  /** Why a held value is no hit; undefined when it is one. The check is this reader's own: it is sent after its read began. */
  async #examine(key: string, found: { token: Token; expires: number }): Promise<MissReason | undefined> {
    if (found.expires <= this.#now()) {
      this.tier.delete(key);
      return 'expired';
    }
    const verdict = await this.#authority.check(found.token);
    if (verdict === 'current') return undefined;
    return verdict;
  }

  /** For one reader only, who gets what was true when their read began or later. */
  async #loadAlone(
    options: ReadOptions,
    load: () => Promise<Loaded<Value>>,
    reason: MissReason,
  ): Promise<Outcome<Value>> {
    this.#countMiss(options, reason);
    const { value, ttl } = await load();
    return { value, from: 'load', reason, stored: false, ttl };
  }

  async #loadForAll(
    key: string,
    options: ReadOptions,
    load: () => Promise<Loaded<Value>>,
    reason: MissReason,
  ): Promise<Outcome<Value>> {
    const flight = this.#flights.open(key);
    let landing: Landing<Loaded<Value> & { stored: boolean }> = { usable: false };
    try {
      const position = await this.#authority.position();
      if (!position) {
        flight.seal();
        flight.land(landing); // who joined need not wait for a load that they cannot use
        return await this.#loadAlone(options, load, 'unreachable');
      }
      const counters = this.#countMiss(options, reason);
      const loaded = await this.#try(load);
      flight.seal();
      const token = tokenOf(position, 'error' in loaded ? options.tags?.() : loaded.tags);
      const usable = token !== undefined && (await this.#authority.check(token)) === 'current';
      if ('error' in loaded) {
        if (usable) landing = { usable, error: loaded.error };
        throw loaded.error;
      }
      const { value, ttl, bytes } = loaded;
      const stored = usable && ttl > 0;
      if (stored)
        this.tier.set(key, {
          value,
          token,
          namespace: options.namespace,
          storedAt: this.#now(),
          expires: this.#now() + ttl,
          keptUntil: this.#now() + ttl,
          bytes,
        });
      if (!usable) counters.unstored++;
      if (usable) landing = { usable, value: { ...loaded, stored } };
      return { value, from: 'load', reason, stored, ttl };
    } finally {
      flight.seal();
      flight.land(landing);
    }
  }

  async #try(load: () => Promise<Loaded<Value>>): Promise<Loaded<Value> | { error: unknown }> {
    try {
      return await load();
    } catch (error) {
      return { error };
    }
  }
}

/** What was true at a position and depends on these tags; of unknown tags nothing can be said. */
function tokenOf(position: Position, tags: readonly Tag[] | undefined): Token | undefined {
  return tags && { ...position, tags };
}
