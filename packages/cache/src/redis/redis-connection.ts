import { Cluster, type ClusterNode, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { Argument, RedisScript } from './redis-script.ts';

/** A Redis Cluster: some of its nodes, by which the others are found. */
export interface RedisCluster {
  readonly nodes: readonly ClusterNode[];
  readonly options?: ClusterOptions;
}

export interface RedisConnectionOptions {
  /**
   * Where Redis 7 or later is and how to get in: an address such as `rediss://user:password@host:6379/0`; host, port, TLS,
   * user; the sentinels; or a Cluster's nodes. What bounds the waiting is set here.
   */
  readonly connection: string | RedisOptions | RedisCluster;
  /** How long Redis may take over one answer, in milliseconds; two answers where it has to be sent a script again. */
  readonly timeout?: number;
  /** Told why the connection failed or an answer did not come; the connection itself recovers. */
  readonly onError?: (error: Error) => void;
}

/** The longest pause between two attempts to connect, in milliseconds. */
const longestPause = 250;

const unsent = /Stream isn't writeable/;

const retryStrategy = (attempts: number) => Math.min(50 * attempts, longestPause);

/**
 * A connection to Redis on which nothing waits longer than the timeout: without Redis every call fails, and calls are
 * answered again as soon as it can be asked.
 */
export class RedisConnection {
  readonly client: Redis | Cluster;
  readonly #connection: RedisConnectionOptions['connection'];
  readonly #timeout: number;
  readonly #onError: (error: Error) => void;
  /** Clients beside it, which end with it. */
  readonly #others = new Set<Redis | Cluster>();
  /** Why there is no connection, as far as that is known. */
  #reason: Error | undefined;

  /** @throws {TypeError} for what says nowhere to connect to */
  constructor({ connection, timeout = 500, onError = () => {} }: RedisConnectionOptions) {
    this.#connection = connection;
    this.#timeout = timeout;
    this.#onError = (error) => {
      this.#reason = error;
      onError(error);
    };
    this.client = clientOf(connection, timeout);
    this.client.on('error', this.#onError).on('ready', () => this.#begin());
    if (this.client instanceof Cluster) this.client.on('nodeError', this.#onError);
  }

  /** ioredis goes on in database 0 where the one that was asked for is refused. */
  #begin(): void {
    this.#reason = undefined;
    const { client } = this;
    if (client instanceof Cluster || !client.options.db) return;
    client.select(client.options.db).catch((error: unknown) => {
      if (client.status !== 'ready') return;
      this.report(error);
      client.disconnect();
    });
  }

  /**
   * Resolves once Redis can be asked, which calls made before that do not wait for.
   * @param within milliseconds
   * @throws {Error} when it cannot be asked by then
   */
  async connected(within: number = this.#timeout): Promise<void> {
    if (this.client.status !== 'ready') await this.#ready(within);
    // A Cluster's nodes are connected to when they are asked first, and refuse others meanwhile.
    if (this.client instanceof Cluster) await Promise.allSettled(this.masters().map((node) => node.ping()));
  }

  /** What a script on keys of one slot answers. Throws when Redis is out of reach or refuses. */
  run(script: RedisScript, keys: readonly Argument[], values: readonly Argument[]): Promise<unknown> {
    return this.ask((client) => script.run(client, keys, values));
  }

  /** What a command answers. Throws when Redis is out of reach, and then says why, or refuses. */
  async ask<T>(command: (client: Redis | Cluster) => Promise<T>): Promise<T> {
    try {
      return await command(this.client);
    } catch (error) {
      // ioredis says of what it did not send only that there is no connection, at first while it still takes itself for ready.
      if (this.client.status === 'ready' && !unsent.test(String(error))) throw error;
      const why = this.#reason ? `: ${this.#reason.message}` : '';
      throw new Error(`There is no connection to Redis${why}`, { cause: error });
    }
  }

  /** How long an answer took, in milliseconds. Throws when Redis is out of reach. */
  async ping(): Promise<number> {
    const began = performance.now();
    await this.ask((client) => client.ping());
    return performance.now() - began;
  }

  /** The servers that hold keys: one, or a Cluster's masters. */
  masters(): readonly Redis[] {
    return this.client instanceof Cluster ? this.client.nodes('master') : [this.client];
  }

  /** Another client of the same Redis, for hearing what is published: it subscribes to nothing by itself. */
  another(): Redis | Cluster {
    const client = clientOf(this.#connection, this.#timeout, { autoResubscribe: false });
    this.#others.add(client);
    client.once('end', () => this.#others.delete(client));
    return client;
  }

  /** Tells what went wrong where a call answers all the same. */
  report(error: unknown): void {
    this.#onError(error instanceof Error ? error : new Error(String(error)));
  }

  /** Ends the connection and the attempts to make one; from then on Redis is out of reach. */
  close(): void {
    for (const client of [this.client, ...this.#others]) client.disconnect();
  }

  async #ready(within: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let reason: unknown;
    const note = (error: Error) => {
      reason = error;
    };
    const timer = setTimeout(() => {
      const why = reason instanceof Error ? ` (${reason.message})` : '';
      const words = `Redis could not be asked within ${within} ms${why}: see that its address, user and password are right and that it answers.`;
      reject(new Error(words, { cause: reason }));
    }, within);
    this.client.on('error', note).once('ready', resolve);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.client.off('error', note).off('ready', resolve);
    }
  }
}

/** What every connection to one server has, in a Cluster too. */
function bounded(timeout: number) {
  return {
    // What replies and keys look like is settled here: the types tell clients of other shapes apart.
    replyMapping: 'legacy',
    stringNumbers: false,
    keyPrefix: '',
    enableAutoPipelining: false,
    // Nothing is sent twice.
    autoResendUnfulfilledCommands: false,
    // What was under way when a connection broke fails at once; ioredis would let it wait for the timeout.
    maxRetriesPerRequest: 0,
    commandTimeout: timeout,
    connectTimeout: timeout,
    // A connection without answers is given up, so that later calls fail at once and another can be made.
    socketTimeout: timeout,
  } as const satisfies RedisOptions;
}

function clientOf(
  connection: RedisConnectionOptions['connection'],
  timeout: number,
  more: RedisOptions = {},
): Redis | Cluster {
  if (typeof connection === 'string') return single(connection, more, timeout);
  // A program without types may say nothing here.
  const given = connection as RedisOptions | RedisCluster | undefined;
  if (typeof given !== 'object')
    throw new TypeError('Say where Redis is: connection: { host, port } or an address.');
  return 'nodes' in given ? clusterOf(given, timeout) : single('', { ...given, ...more }, timeout);
}

function single(address: string, connection: RedisOptions, timeout: number): Redis {
  const options = {
    ...connection,
    ...bounded(timeout),
    lazyConnect: false,
    // Who asks while there is no connection is told so at once.
    enableOfflineQueue: false,
    retryStrategy,
    sentinelRetryStrategy: retryStrategy,
    sentinelCommandTimeout: timeout,
    // Behind a name or Sentinel another may be the master by now.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  } as const satisfies RedisOptions;
  return address === '' ? new Redis(options) : new Redis(address, options);
}

function clusterOf({ nodes, options }: RedisCluster, timeout: number): Cluster {
  return new Cluster([...nodes], {
    ...options,
    lazyConnect: false,
    enableOfflineQueue: false,
    keyPrefix: '',
    enableAutoPipelining: false,
    // The authority is the master.
    scaleReads: 'master',
    clusterRetryStrategy: retryStrategy,
    slotsRefreshTimeout: timeout,
    // A call that a node did not answer fails; only one that a node sent elsewhere goes there.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    redisOptions: { ...options?.redisOptions, ...bounded(timeout) },
  });
}
