import { type KeyvStorageAdapter, type KeyvStorageEntry, keyvStorageCapability } from 'keyv';
import { Cache } from '../cache.ts';
import type { Namespace } from '../namespace.ts';

/** What Keyv asks of a store; being one to listen to is left out, as this one throws its errors. */
type Store = Pick<
  KeyvStorageAdapter,
  | 'namespace'
  | 'capabilities'
  | 'get'
  | 'getMany'
  | 'has'
  | 'hasMany'
  | 'set'
  | 'setMany'
  | 'delete'
  | 'deleteMany'
>;

/**
 * A cache, or a namespace of one, as the store of a Keyv (6 or later), so that code written for Keyv gets it. What it sets
 * lies in the cache's namespace `keyv()`, with the Keyv's own in the brackets; or in the namespace given. As in any cache,
 * what was set may be gone at any time.
 *
 * @example
 * const keyv = new Keyv({ store: new KeyvStore(cache), namespace: 'sessions' });
 * await keyv.set('abc', { user: 7 }, 60_000); // lies in the cache's namespace keyv(sessions)
 */
export class KeyvStore implements Store {
  readonly #of: Namespace;
  #namespace: string | undefined;
  /** Where values lie. */
  #home: Namespace;

  constructor(of: Namespace) {
    this.#of = of;
    this.#home = homeOf(of, undefined);
  }

  get capabilities(): ReturnType<typeof keyvStorageCapability> {
    return keyvStorageCapability(this);
  }

  get namespace(): string | undefined {
    return this.#namespace;
  }

  /** Keyv sets its own. */
  set namespace(namespace: string | undefined) {
    this.#namespace = namespace;
    this.#home = homeOf(this.#of, namespace);
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    return (await this.getMany<Value>([key]))[0];
  }

  async getMany<Value>(keys: string[]): Promise<(Value | undefined)[]> {
    const full = keys.map((key) => this.#full(key));
    const found = await this.#home.getMany(full);
    return full.map((key) => found.get(key) as Value | undefined); // as Keyv set it
  }

  async has(key: string): Promise<boolean> {
    return (await this.hasMany([key]))[0] ?? false;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    const full = keys.map((key) => this.#full(key));
    const found = await this.#home.getMany(full);
    return full.map((key) => found.has(key));
  }

  /** @throws when the cache's authority cannot be told */
  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    await this.#setAll([[this.#full(key), value]], expires);
    return true;
  }

  /** @throws when the cache's authority cannot be told */
  async setMany<Value>(entries: KeyvStorageEntry<Value>[]): Promise<boolean[]> {
    const latest = new Map(entries.map((entry) => [entry.key, entry])); // of two for a key, the last
    const together = Map.groupBy(latest.values(), ({ expires }) => expires);
    await Promise.all(
      Array.from(together, ([expires, same]) =>
        this.#setAll(
          same.map(({ key, value }) => [this.#full(key), value]),
          expires,
        ),
      ),
    );
    return entries.map(() => true);
  }

  /**
   * Whether there was something.
   * @throws when the cache's authority cannot be told
   */
  async delete(key: string): Promise<boolean> {
    return (await this.deleteMany([key]))[0] ?? false;
  }

  /**
   * The same of each.
   * @throws when the cache's authority cannot be told
   */
  async deleteMany(keys: string[]): Promise<boolean[]> {
    const had = await this.hasMany(keys);
    await this.#home.deleteMany(keys.map((key) => this.#full(key)));
    return had;
  }

  /**
   * Lets go of all that a Keyv of this namespace set.
   * @throws {Error} where that cannot be told from the rest
   */
  async clear(): Promise<void> {
    if (this.#prefixed)
      throw new Error(
        `The namespace ${this.#home.name} holds more than Keyv's ${this.#namespace}, and is cleared as a whole only: give KeyvStore the cache itself.`,
      );
    await this.#home.clear();
  }

  /** Whether a namespace of Keyv's is a part of one of the cache's, which only the beginning of keys tells. */
  get #prefixed(): boolean {
    return Boolean(this.#namespace) && !(this.#of instanceof Cache);
  }

  #full(key: string): string {
    return this.#prefixed ? `${this.#namespace}::${key}` : key;
  }

  async #setAll(
    entries: readonly (readonly [string, unknown])[],
    expires: number | undefined,
  ): Promise<void> {
    const ttl = expires === undefined ? Infinity : Math.max(0, expires - Date.now());
    await this.#home.setMany(entries, { ttl, jitter: 0 });
  }
}

function homeOf(of: Namespace, namespace: string | undefined): Namespace {
  if (!(of instanceof Cache)) return of;
  return of.namespace(`keyv(${namespace ?? ''})`); // none begins as another does: tiers are cleared by beginnings
}
