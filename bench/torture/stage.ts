import { setTimeout as pause } from 'node:timers/promises';
import type { Layers, OpenCache, Opening, Peer } from '../peers/peer.ts';
import type { RedisProcess } from '../redis/redis-process.ts';
import { Database, type Row } from './database.ts';
import { emptyTally } from './tally.ts';

/** So often a writer tries to invalidate, 20 ms apart. */
const attempts = 250;

/** How a writer says what changed: the key of the value, or a tag of it. */
type By = 'key' | 'tag';

export interface StageOptions {
  readonly peer: Peer;
  /** Where the caches keep their values; in Redis, with a memory before it for those that keep memories in step. */
  readonly where: 'memory' | 'redis';
  readonly by: By;
  readonly redis?: RedisProcess | undefined;
  readonly rounds: number;
  readonly signal: AbortSignal;
}

/** One cache in one scenario: its instances, the database behind them, and what their reads were worth. */
export class Stage {
  readonly database = new Database();
  readonly tally = emptyTally();
  readonly peer: Peer;
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly #options: StageOptions;
  readonly #opened: OpenCache<Row>[] = [];

  constructor(options: StageOptions) {
    this.peer = options.peer;
    this.rounds = options.rounds;
    this.signal = options.signal;
    this.#options = options;
  }

  /** The Redis of a scenario that has one. */
  get redis(): RedisProcess {
    const { redis } = this.#options;
    if (!redis) throw new Error('This scenario runs without Redis.');
    return redis;
  }

  /** How an instance is opened. */
  get opening(): Opening {
    const { where, by, redis, peer } = this.#options;
    const redisLayers: Layers = peer.inStep ? 'memory over redis' : 'redis';
    const layers = where === 'redis' ? redisLayers : 'memory';
    return { layers, port: redis?.port, tagged: by === 'tag' };
  }

  /** One more instance, as of one more process. */
  async open(changes: Partial<Opening> = {}): Promise<OpenCache<Row>> {
    const opening = { ...this.opening, ...changes };
    const listens = this.peer.listens && opening.layers === 'memory over redis';
    const listeners = listens ? await this.redis.listeners() : 0;
    const cache = this.attend(await this.peer.open<Row>(opening));
    if (listens) await this.redis.listenedBy(listeners + 1);
    return cache;
  }

  /** Has a cache closed at the end. */
  attend<Attended extends OpenCache<Row>>(cache: Attended): Attended {
    this.#opened.push(cache);
    return cache;
  }

  /** Keys of rounds; each round has its own, so that none decides the next. */
  *keys(): Generator<string> {
    for (let round = 0; round < this.rounds; round++) {
      this.signal.throwIfAborted();
      yield `row:${round}`;
    }
  }

  /** The tags of a value, where writers go by them. */
  tagsOf(key: string): readonly string[] | undefined {
    return this.#options.by === 'tag' ? [`tag of ${key}`, 'rows', 'tenant:7'] : undefined;
  }

  /** Reads without judging: for what began before a write was acknowledged. */
  async read(cache: OpenCache<Row>, key: string, load = this.loading(key)): Promise<Row | undefined> {
    try {
      return await cache.read(key, load, this.tagsOf(key));
    } catch {
      this.tally.failed++;
      return undefined;
    }
  }

  /** Reads and judges. */
  async check(cache: OpenCache<Row>, key: string, load = this.loading(key)): Promise<void> {
    const least = this.database.acknowledged(key);
    const row = await this.read(cache, key, load);
    if (row) this.judge(row.version >= least && row.committed);
  }

  /** So many checks, one after the other. */
  async checkTimes(times: number, cache: OpenCache<Row>, key: string): Promise<void> {
    for (let time = 0; time < times; time++) await this.check(cache, key);
  }

  /** Counts a read that got a value. */
  judge(right: boolean): void {
    this.tally.checked++;
    if (!right) this.tally.stale++;
  }

  /** A load that takes no time. */
  loading(key: string): () => Promise<Row> {
    return async () => this.database.row(key);
  }

  /**
   * Commits, invalidates by the cache's documentation, and acknowledges when that is done. Who hears that it failed tries
   * again and has acknowledged nothing until then.
   */
  async write(cache: OpenCache<Row>, key: string): Promise<void> {
    const version = this.database.commit(key);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.invalidate(cache, key);
        break;
      } catch (error) {
        if (attempt === attempts) throw error;
        await pause(20);
      }
    }
    this.database.acknowledge(key, version);
  }

  async invalidate(cache: OpenCache<Row>, key: string): Promise<void> {
    const [tag] = this.tagsOf(key) ?? [];
    if (tag === undefined) return cache.deleteKey(key);
    if (!cache.invalidateTags) throw new Error(`${this.peer.name} has no tags.`);
    await cache.invalidateTags([tag]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#opened.map((cache) => cache.close()));
  }
}
