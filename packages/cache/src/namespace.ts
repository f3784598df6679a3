import type { Awaitable, Tag } from './authority.ts';
import type { Engine } from './engine.ts';
import type { Explanation } from './explain.ts';
import { canonicalKey } from './keys/canonical-key.ts';
import { placeOf, placesOf, tagOfNamespace } from './keys/names.ts';
import type { Asked } from './reading/asked.ts';
import { defaultGuard, type Load, type ReadOptions } from './reading/read-options.ts';
import type { Outcome } from './reading/read-path.ts';
import type { Counters } from './statistics/statistics.ts';

export interface NamespaceOptions<Value> extends ReadOptions<Value> {
  /**
   * Whose values these are, told from the context of the call and not by who calls, such as the tenant of the request.
   * Called for each read.
   */
  readonly scope?: () => string;
}

export interface WrapOptions<Args extends readonly unknown[], Value> extends ReadOptions<Value> {
  /** What the result depends on; all arguments unless given. Anything that `canonicalKey` takes. */
  readonly key?: (...args: Args) => unknown;
}

/** Keys of one sort, with what is settled for all of them. Of the same name there may be several: they share what is held. */
export class Namespace<Value = unknown> {
  readonly name: string;
  readonly counters: Counters;
  readonly #engine: Engine<Value>;
  readonly #options: NamespaceOptions<Value>;
  /** Carried by all values, so that `clear` reaches them wherever they are. */
  readonly #tag: Tag;
  readonly #place: string;
  /** Then a read's own options need not be joined with any. */
  readonly #settlesNothing: boolean;

  /** @internal `Cache.namespace` makes them. */
  constructor(engine: Engine<Value>, name: string, options: NamespaceOptions<Value>) {
    this.name = name;
    this.#engine = engine;
    this.#options = options;
    this.#tag = tagOfNamespace(name);
    this.#settlesNothing = Object.keys(options).length === 0;
    this.#place = placeOf(name, undefined);
    this.counters = engine.statistics.of(name);
  }

  /**
   * The value of a key: the one held, if it is as fresh as can be, else what `load` gives. One load serves all who wait
   * for the key, in every process that shares a Redis. `load` must read a state no older than the moment it is called.
   *
   * @throws what `load` throws; `LoadTimeout` after `hardTimeout`; the signal's reason when it is aborted
   * @example
   * const order = await cache.getOrSet(`order:${id}`, () => orders.find(id), { tags: [`order:${id}`], ttl: 60_000 });
   */
  async getOrSet<V extends Value>(key: string, load: Load<V>, options?: ReadOptions<V>): Promise<V> {
    const outcome = this.#read(key, load, options);
    return (outcome instanceof Promise ? await outcome : outcome).value;
  }

  /**
   * The same, and how it came about.
   * @throws as `getOrSet`
   */
  async read<V extends Value>(key: string, load: Load<V>, options?: ReadOptions<V>): Promise<Outcome<V>> {
    return this.#read(key, load, options);
  }

  /**
   * What `read` would answer, where this process's memory has it and nothing need be waited for: a hot path is spared a
   * promise. Undefined for whatever else it is, of which nothing is counted; then ask `read`.
   */
  hit<V extends Value>(key: string): Outcome<V> | undefined {
    if (this.#options.refreshAhead) return undefined;
    const engine = this.#engine as unknown as Engine<V>; // what a key's loads give is what is held under it
    return engine.path.hitNear(this.#full(key), this.counters);
  }

  #read<V extends Value>(
    key: string,
    load: Load<V>,
    options: ReadOptions<V> | undefined,
  ): Awaitable<Outcome<V>> {
    const engine = this.#engine as unknown as Engine<V>; // what a key's loads give is what is held under it
    return engine.path.read(this.#asked(key, load, options));
  }

  /**
   * A function that answers from the cache for arguments that it was asked with before. For routes as for any other: give
   * as `key` what of the request the answer depends on.
   *
   * @param name tells it from others in this namespace
   * @example
   * const totalOf = cache.wrap('total', (year: number) => sumUp(year), { ttl: 60_000, tags: ['orders'] });
   * await totalOf(2026);
   * @example
   * app.get('/orders', cache.wrap('orders', listOrders, { key: (request) => request.query, tags: ['orders'] }));
   */
  wrap<Args extends readonly unknown[], V extends Value>(
    name: string,
    work: (...args: Args) => V | Promise<V>,
    { key = (...args) => args, ...options }: WrapOptions<Args, V> = {},
  ): (...args: Args) => Promise<V> {
    return async (...args) =>
      this.getOrSet(`${name}:${canonicalKey(key(...args))}`, () => work(...args), options);
  }

  /** The value held, or undefined; `getMany` tells an undefined that is held from nothing. */
  async get<V extends Value>(key: string): Promise<V | undefined> {
    return (await this.getMany<V>([key])).get(key);
  }

  /** The values held of those keys: asked and checked together, in one round trip where they lie in Redis. */
  async getMany<V extends Value>(keys: Iterable<string>): Promise<Map<string, V>> {
    const engine = this.#engine as unknown as Engine<V>; // what is set and loaded of these keys
    const { guard = defaultGuard } = this.#options;
    const found = await Promise.all(
      Array.from(
        keys,
        async (key) => [key, await engine.find(this.#full(key), guard, this.counters)] as const,
      ),
    );
    const values = new Map<string, V>();
    for (const [key, stored] of found) if (stored) values.set(key, stored.value);
    return values;
  }

  /**
   * Puts a value in the place of what is held anywhere, and of what is being loaded. It is taken to be true now: of what
   * was read before, `getOrSet` can tell whether it still holds.
   * @throws when the authority cannot be told
   */
  async set<V extends Value>(key: string, value: V, options?: ReadOptions<V>): Promise<void> {
    await this.setMany([[key, value]], options);
  }

  /**
   * The same for several keys, with one bump for all of them.
   * @throws when the authority cannot be told
   */
  async setMany<V extends Value>(
    entries: Iterable<readonly [string, V]>,
    options?: ReadOptions<V>,
  ): Promise<void> {
    const engine = this.#engine as unknown as Engine<V>; // what is held of these keys are Vs
    const last = new Map(entries); // of a key that comes twice: both would be as of the same bump
    await engine.put(
      Array.from(last, ([key, value]) => ({ asked: this.#asked(key, () => value, options), value })),
    );
  }

  /**
   * Invalidates what is held of a key, in every process, and what is being loaded.
   * @throws when the authority cannot be told
   */
  delete(key: string): Promise<void> {
    return this.deleteMany([key]);
  }

  /**
   * The same for several keys, with one bump for all of them.
   * @throws when the authority cannot be told
   */
  async deleteMany(keys: Iterable<string>): Promise<void> {
    await this.#engine.invalidateKeys(Array.from(keys, (key) => this.#full(key)));
  }

  /**
   * Invalidates all that this namespace holds, in every scope and process, and what is being loaded.
   * @throws when the authority cannot be told
   */
  async clear(): Promise<void> {
    this.#engine.refuseProtected(this.#place);
    await this.#engine.invalidate([this.#tag], placesOf(this.name));
  }

  /**
   * Notes that a value held in this process's memory takes more or less than it did, in bytes; nothing when another is held.
   * @throws {RangeError} for bytes that are no number from 0 on
   */
  reweigh(key: string, value: Value, bytes: number): void {
    this.#engine.reweigh(this.#full(key), value, bytes);
  }

  /** Why the next read of a key would be a hit or not. */
  async explain(key: string): Promise<Explanation> {
    return this.#engine.explain(this.#full(key));
  }

  /** For a key whose values are Vs. */
  #asked<V extends Value>(key: string, load: Load<V>, options: ReadOptions<V> | undefined): Asked<V> {
    const settled: ReadOptions<V> = this.#options;
    return {
      key: this.#full(key),
      namespace: this.name,
      tag: this.#tag,
      load,
      options: !options ? settled : this.#settlesNothing ? options : { ...settled, ...options },
      counters: this.counters,
    };
  }

  #full(key: string): string {
    if (typeof key !== 'string')
      throw new TypeError(`A key is a text, not a ${typeof key}; see canonicalKey.`);
    const { scope } = this.#options;
    const full = (scope ? placeOf(this.name, textOf(scope())) : this.#place) + key;
    this.#engine.refuseProtected(this.name === '' ? key : full); // without a namespace the caller's key is all of it
    return full;
  }
}

/** Without this, who has no scope would share one with all who have none, unnoticed. */
function textOf(scope: string): string {
  if (typeof scope === 'string') return scope;
  throw new TypeError(
    `The scope is ${String(scope)}: this read has no context to tell whose values it may see.`,
  );
}
