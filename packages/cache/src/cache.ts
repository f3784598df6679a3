import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Authority, Tag } from './authority.ts';
import { Engine } from './engine.ts';
import type { Journal } from './journal.ts';
import { everything, namespaceIn, tagOfNamespace, wildcardIn } from './keys/names.ts';
import { MemoryAuthority } from './memory/memory-authority.ts';
import { MemoryTier } from './memory/memory-tier.ts';
import { Namespace, type NamespaceOptions } from './namespace.ts';
import { Loads } from './reading/loads.ts';
import type { ReadOptions } from './reading/read-options.ts';
import { ReadPath } from './reading/read-path.ts';
import type { Recorder } from './recorder.ts';
import { TierStack } from './stack/tier-stack.ts';
import { type CacheEvents, tell } from './statistics/events.ts';
import { Statistics } from './statistics/statistics.ts';
import type { Tier } from './tier.ts';

export interface CacheOptions<Value> {
  /** The truth of what is current; one in this process's memory unless given. Writers bump it, see `acknowledge`. */
  readonly authority?: Authority;
  /**
   * Whether what is held may be given out now, asked at each read: for who must be sure of something besides the authority,
   * as that it was told of every write. Always unless given.
   */
  readonly usable?: () => boolean;
  /** Finds out what loads depend on, so that nobody has to say it. */
  readonly recorder?: Recorder;
  /** Keeps for a while what was invalidated, which `explain` then says. */
  readonly journal?: Journal;
  /** Where values are held, the nearest first; in memory unless given. */
  readonly tiers?: readonly Tier<Value>[];
  /** Without `tiers`, what all values together may take in memory, in bytes, their keys and the keeping included; 0 holds nothing. 64 MB unless given. */
  readonly maxBytes?: number;
  /** Without `tiers`, how many values may be held in memory; as many as fit unless given. */
  readonly maxEntries?: number;
  /** What holds for all reads that do not say otherwise. */
  readonly defaults?: ReadOptions<Value>;
  /** Beginnings of keys that are somebody else's, and that this cache refuses to read, write or invalidate. */
  readonly protect?: readonly string[];
  /** How long a tier may take over one answer, in milliseconds; a second unless given. A tier that lies with its authority bounds itself. */
  readonly tierTimeout?: number;
  /** The time in milliseconds; only times to live use it. */
  readonly now?: () => number;
  /** Milliseconds that only grow; for durations. */
  readonly clock?: () => number;
  /** How it waits between two looks at another process's load. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Values that are never older than a write that was acknowledged before their read began, provided that writers bump
 * what they change before they acknowledge it (see `acknowledge`) and that loads read from where writers write.
 *
 * Itself it is the namespace without a name.
 *
 * @example
 * const cache = new Cache();
 * const order = await cache.getOrSet(`order:${id}`, () => orders.find(id), { tags: [`order:${id}`] });
 */
export class Cache<Value = unknown> extends Namespace<Value> {
  /** What was bumped here is outdated in every process that shares it; for `acknowledge`. */
  readonly authority: Authority;
  /** Counts by namespace; this one's own are `counters`. */
  readonly statistics: Statistics;
  /** What happens, told as it does. `reach` is the one to log. */
  readonly events: EventEmitter<CacheEvents>;
  readonly #stack: TierStack<Value>;
  readonly #engine: Engine<Value>;
  readonly #defaults: ReadOptions<Value>;

  constructor(options: CacheOptions<Value> = {}) {
    const { authority = new MemoryAuthority(), maxBytes = 64e6, maxEntries = Infinity } = options;
    const {
      tiers = [new MemoryTier<Value>({ maxBytes, maxEntries })],
      defaults = {},
      protect = [],
    } = options;
    const { tierTimeout = 1000, now = Date.now, clock = () => performance.now() } = options;
    const { sleep = sleepFor, usable = () => true, recorder, journal } = options;
    const events = new EventEmitter<CacheEvents>();
    if (journal) events.on('outdated', ({ key, token }) => journal.outdated(key, token));
    const statistics = new Statistics();
    for (const tier of tiers) tier.countWith?.(statistics.holds);
    const onReach = (part: string, state: 'away' | 'back', reason: unknown) =>
      tell(events, 'reach', { part, state, ...(reason !== undefined && { reason }) });
    const stack = new TierStack({ tiers, authority, usable, now, clock, timeout: tierTimeout, onReach });
    const shared = { stack, events, id: randomUUID(), now, clock };
    const loads = new Loads({ ...shared, recorder, sleep: async (time) => void (await sleep(time)) });
    const path = new ReadPath({ ...shared, loads });
    const engine = new Engine({ ...shared, authority, loads, path, statistics, protect, journal });
    super(engine, '', defaults);
    this.authority = authority;
    this.statistics = statistics;
    this.events = events;
    this.#stack = stack;
    this.#engine = engine;
    this.#defaults = defaults;
  }

  /**
   * Keys of one sort, counted and cleared together.
   * @example const orders = cache.namespace('orders', { ttl: 60_000, scope: () => tenant() });
   */
  namespace<V extends Value>(name: string, options: NamespaceOptions<V> = {}): Namespace<V> {
    const engine = this.#engine as unknown as Engine<V>; // whoever names it says that all of its values are Vs
    const defaults: ReadOptions<V> = this.#defaults;
    return new Namespace<V>(engine, name, { ...defaults, ...options });
  }

  /** What this process's memory holds; undefined when the nearest tier is another. */
  get memory(): MemoryTier<Value> | undefined {
    return this.#stack.near;
  }

  /** Whether the authority answered when it was asked last; while it does not, nothing held is given out. */
  get reachable(): boolean {
    return !this.#stack.authority.breaker.away;
  }

  /**
   * Invalidates every value that depends on one of the tags, in every process, and what is being loaded.
   * @throws when the authority cannot be told
   */
  invalidateTags(tags: Iterable<Tag>): Promise<void> {
    return this.#engine.invalidate(typeof tags === 'string' ? [tags] : [...tags]);
  }

  /**
   * Invalidates at least what matches: a pattern is widened to the namespace that it lies in, or to everything. `*` stands
   * for any text, `?` for one character. Keys read `namespace:key`, or `namespace@scope:key`.
   * @throws when the authority cannot be told
   * @example await cache.invalidatePattern('orders:list:*'); // the namespace orders
   */
  async invalidatePattern(pattern: string): Promise<void> {
    const prefix = pattern.slice(0, wildcardIn(pattern));
    this.#engine.refuseProtected(prefix);
    if (prefix === pattern) return this.#engine.invalidateKeys([pattern]);
    const namespace = namespaceIn(pattern);
    const tag = namespace === undefined ? everything : tagOfNamespace(namespace);
    await this.#engine.invalidate([tag], [prefix]);
  }

  /**
   * Invalidates everything this cache holds, in every process, and what is being loaded. Of what else lies in the same
   * Redis it touches nothing.
   * @throws when the authority cannot be told
   */
  override async clear(): Promise<void> {
    await this.#engine.invalidate([everything], ['']);
  }

  /** Resolves when nothing is being written to a tier behind anybody's back. Before the process ends. */
  async written(): Promise<void> {
    await this.#stack.written();
  }
}
