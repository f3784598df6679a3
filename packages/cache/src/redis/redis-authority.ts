import { randomUUID } from 'node:crypto';
import { Redis, type RedisOptions } from 'ioredis';
import type { Authority, Position, Tag, Token, Verdict } from '../authority.ts';
import { bumpScript, checkScript, positionScript } from './authority-scripts.ts';
import { RedisScript } from './redis-script.ts';

export interface RedisAuthorityOptions {
  /** Where Redis 7 or later is and how to get in: host, port, TLS, user, sentinels. What bounds the waiting is set here. */
  readonly connection: RedisOptions;
  /** The one key that holds it, such as `vif:authority:<workspace>`. Who shares it shares the authority. */
  readonly key: string;
  /** How many bumps of a tag it remembers; a token from before them is forgotten. The last who bumped decides. */
  readonly capacity?: number;
  /** How long Redis may take over one answer, in milliseconds; two answers where it has to be sent a script again. */
  readonly timeout?: number;
  /** Told why the connection failed or an answer did not come; the authority itself recovers. */
  readonly onError?: (error: Error) => void;
}

const position = new RedisScript(positionScript);
const check = new RedisScript(checkScript);
const bump = new RedisScript(bumpScript);

const verdicts: readonly unknown[] = ['current', 'outdated', 'forgotten'];

/** The longest pause between two attempts to connect, in milliseconds. */
const longestPause = 500;

/**
 * The authority of several processes, in one hash of a Redis. Whatever takes that hash away (an eviction, a FLUSHALL, a
 * restart with an old dump, another master) begins a new epoch. While Redis cannot be asked nothing waits longer than
 * the timeout, and it is asked again as soon as it can be.
 *
 * Redis copies to its replicas after it answered. Where one is promoted that had not got a bump yet, its tokens are
 * forgotten with the new epoch; but processes that still reach the old master believe it, unless that has
 * `min-replicas-to-write 1`.
 *
 * @example
 * const authority = new RedisAuthority({ connection: { host: 'redis' }, key: 'vif:authority:acme' });
 * await authority.connected();
 * const cache = new Cache({ authority, maxBytes: 64e6 });
 */
export class RedisAuthority implements Authority {
  readonly #client: Redis;
  readonly #key: string;
  readonly #capacity: number;
  readonly #timeout: number;
  readonly #onError: (error: Error) => void;

  constructor({ connection, key, capacity = 100_000, timeout = 500, onError }: RedisAuthorityOptions) {
    this.#key = key;
    this.#capacity = capacity;
    this.#timeout = timeout;
    this.#onError = onError ?? (() => {});
    const options = {
      ...connection,
      // What replies look like is settled here: the types tell clients of other shapes apart.
      replyMapping: 'legacy',
      lazyConnect: false,
      // Who asks while there is no connection is told so at once, and nothing is sent twice.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      // What was under way when a connection broke fails at once; ioredis would let it wait for the timeout.
      maxRetriesPerRequest: 0,
      commandTimeout: timeout,
      connectTimeout: timeout,
      // A connection without answers is given up, so that later calls fail at once and another can be made.
      socketTimeout: timeout,
      retryStrategy: (attempts: number) => Math.min(50 * attempts, longestPause),
      // Behind a name or Sentinel another may be the master by now.
      reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    } as const satisfies RedisOptions;
    this.#client = new Redis(options);
    this.#client.on('error', this.#onError);
  }

  /**
   * Resolves once Redis can be asked, which calls made before that do not wait for.
   * @param within milliseconds
   * @throws {Error} when it cannot be asked by then
   */
  async connected(within: number = this.#timeout): Promise<void> {
    if (this.#client.status === 'ready') return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let reason: unknown;
    const note = (error: Error) => {
      reason = error;
    };
    const timer = setTimeout(() => {
      const words = `The Redis that holds the authority could not be asked within ${within} ms: see that its address and password are right and that it answers.`;
      reject(new Error(words, { cause: reason }));
    }, within);
    this.#client.on('error', note).once('ready', resolve);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#client.off('error', note).off('ready', resolve);
    }
  }

  async position(): Promise<Position | undefined> {
    try {
      return positionIn(await position.run(this.#client, this.#key, [randomUUID()]));
    } catch (error) {
      this.#report(error);
      return undefined;
    }
  }

  async check({ epoch, sequence, tags }: Token): Promise<Verdict> {
    try {
      const answer = await check.run(this.#client, this.#key, [epoch, sequence, ...tags]);
      if (!verdicts.includes(answer)) throw unexpected(answer);
      return answer as Verdict; // it is one of them
    } catch (error) {
      this.#report(error);
      return 'unreachable';
    }
  }

  async bump(tags: Iterable<Tag>): Promise<Position | undefined> {
    const changed = new Set(tags);
    if (changed.size === 0) return this.position();
    try {
      const values = [randomUUID(), this.#capacity, ...changed];
      return positionIn(await bump.run(this.#client, this.#key, values));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const words = `The authority in Redis could not be told of a write, which may not be acknowledged: ${reason}. See that Redis answers, is the master and has memory left.`;
      throw new Error(words, { cause });
    }
  }

  /** Ends the connection and the attempts to make one; from then on the authority is unreachable. */
  close(): void {
    this.#client.disconnect();
  }

  #report(error: unknown): void {
    this.#onError(error instanceof Error ? error : new Error(String(error)));
  }
}

/** @throws {Error} for what is no position */
function positionIn(answer: unknown): Position {
  const [epoch, sequence] = Array.isArray(answer) ? (answer as unknown[]) : []; // isArray says any[]
  if (typeof epoch !== 'string' || typeof sequence !== 'number') throw unexpected(answer);
  return { epoch, sequence };
}

function unexpected(answer: unknown): Error {
  return new Error(
    `Redis answered ${JSON.stringify(answer)}, which is no answer of the authority's: see that nothing stands between them that changes answers.`,
  );
}
