import { RedisAuthority } from './redis-authority.ts';
import { RedisConnection, type RedisConnectionOptions } from './redis-connection.ts';
import { RedisKeys } from './redis-keys.ts';
import { RedisTier, type RedisValueOptions } from './redis-tier.ts';

export interface RedisStoreOptions<Value> extends RedisConnectionOptions, RedisValueOptions<Value> {
  /** What all keys begin with, so that other keys in the same Redis are told from them; `cache` unless given. */
  readonly prefix?: string;
  /** Which of several caches it is that share the prefix, each with an authority of its own; `all` unless given. */
  readonly partition?: string;
  /** How many bumps of a tag the authority remembers; a token from before them is forgotten. 100,000 unless given. */
  readonly capacity?: number;
}

const defaultPrefix = 'cache';

/** An authority and the values beside it. */
export interface RedisPartition<Value> {
  readonly authority: RedisAuthority;
  readonly tier: RedisTier<Value>;
}

/**
 * One connection to Redis (a server, Sentinel's or a Cluster), and on it an authority for several processes and a tier
 * that lie together, so that a read takes one round trip.
 *
 * @example
 * const store = new RedisStore<Order>({ connection: { host: 'redis' }, prefix: 'shop' });
 * await store.connected();
 * const { stored, missed, position } = await store.tier.look('order:7'); // keys begin with shop:{all}:
 */
export class RedisStore<Value> implements RedisPartition<Value> {
  readonly authority: RedisAuthority;
  readonly tier: RedisTier<Value>;
  readonly #connection: RedisConnection;
  readonly #keys: RedisKeys;
  readonly #options: RedisStoreOptions<Value>;

  /** @throws {TypeError} for a prefix or a partition that cannot be part of a key */
  constructor(options: RedisStoreOptions<Value>) {
    const { partition = 'all', prefix = defaultPrefix } = options;
    this.#options = options;
    const keys = new RedisKeys(prefix, partition); // what it refuses does not connect
    this.#connection = new RedisConnection(options);
    this.#keys = keys;
    const { authority, tier } = this.#partition(keys);
    this.authority = authority;
    this.tier = tier;
  }

  /**
   * Another authority and tier on the same connection: for a tenant, whose writes then make no other's values outdated.
   * @throws {TypeError} for a name that cannot be part of a key
   */
  partition(name: string): RedisPartition<Value> {
    return this.#partition(new RedisKeys(this.#options.prefix ?? defaultPrefix, name));
  }

  /**
   * Another tier beside the same authority and on the same keys, for values of another sort: namespaces keep them apart.
   * @example store.tierOf<Session>({ pack: ({ id }) => id, unpack: sessionOf })
   */
  tierOf<V>(values: RedisValueOptions<V>): RedisTier<V> {
    return new RedisTier<V>({
      ...values,
      connection: this.#connection,
      keys: this.#keys,
      authority: this.authority,
    });
  }

  /**
   * Resolves once Redis can be asked, which calls made before that do not wait for.
   * @param within milliseconds; the timeout unless given
   * @throws {Error} when it cannot be asked by then
   */
  connected(within?: number): Promise<void> {
    return this.#connection.connected(within);
  }

  /**
   * What this partition calls itself, so that processes can tell whether they have the same; undefined when it was not
   * called anything, or lost that with everything else.
   * @throws {Error} when Redis is out of reach
   */
  async name(): Promise<string | undefined> {
    return (await this.#connection.ask((client) => client.get(this.#keys.name))) ?? undefined;
  }

  /**
   * Calls this partition so, unless it has a name.
   * @returns the name it has then
   * @throws {Error} when Redis is out of reach or refuses
   */
  async call(name: string): Promise<string> {
    return (await this.#connection.ask((client) => client.set(this.#keys.name, name, 'NX', 'GET'))) ?? name;
  }

  /**
   * How long Redis took over an answer, in milliseconds.
   * @throws {Error} when it is out of reach
   */
  ping(): Promise<number> {
    return this.#connection.ping();
  }

  /** Ends the connection and the attempts to make one; from then on Redis is out of reach. */
  close(): void {
    this.#connection.close();
  }

  #partition(keys: RedisKeys): RedisPartition<Value> {
    const { capacity } = this.#options;
    const connection = this.#connection;
    const authority = new RedisAuthority({
      connection,
      key: keys.authority,
      ...(capacity === undefined ? {} : { capacity }),
    });
    return { authority, tier: new RedisTier({ ...this.#options, connection, keys, authority }) };
  }
}
