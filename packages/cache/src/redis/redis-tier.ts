import { randomUUID } from 'node:crypto';
import type { Verdict } from '../authority.ts';
import type { JointTier, Look, Stored } from '../tier.ts';
import { Batches } from './batches.ts';
import { clearValues } from './clear-values.ts';
import { listIn, positionIn, verdictsIn } from './redis-answers.ts';
import type { RedisAuthority } from './redis-authority.ts';
import type { RedisConnection } from './redis-connection.ts';
import { decodeEntry, encodeEntry, encodeHead } from './redis-entry.ts';
import type { RedisKeys } from './redis-keys.ts';
import { type Argument, RedisScript } from './redis-script.ts';
import { lookScript, releaseScript, renewScript, settleScript } from './tier-scripts.ts';

/** How values are written to Redis. */
export interface RedisValueOptions<Value> {
  /** How long a lease lasts after its holder was last heard of, in milliseconds; three seconds unless given. */
  readonly lease?: number;
  /** Serialised bytes from which on a value is compressed if that makes it smaller; 4096 unless given, Infinity never does. */
  readonly compressFrom?: number;
  /** A larger value, as it is written, is not held: it would hold up everybody on the connection. 16 MiB unless given. */
  readonly maxValueBytes?: number;
  /** Gives a value in a form that `encode` takes, where it is in another. */
  readonly pack?: (value: Value) => unknown;
  /** The value that was packed. */
  readonly unpack?: (packed: unknown) => Value;
  /** Milliseconds since 1970; when a value has expired. */
  readonly now?: () => number;
}

export interface RedisTierOptions<Value> extends RedisValueOptions<Value> {
  readonly connection: RedisConnection;
  readonly keys: RedisKeys;
  readonly authority: RedisAuthority;
}

interface Question {
  readonly key: string;
  readonly asker: string;
}

/** A look whose value nobody has read yet: each who asked reads one of their own, which nobody else can change. */
type RawLook = Omit<Look<never>, 'stored'> & { readonly entry: Buffer | undefined };

interface Settled {
  readonly key: string;
  readonly holder: string;
  /** How long it is kept, in milliseconds; 0 when not at all. */
  readonly kept: number;
  readonly entry: Buffer;
}

const look = new RedisScript(lookScript);
const settle = new RedisScript(settleScript);
const renew = new RedisScript(renewScript);
const release = new RedisScript(releaseScript);

/** Redis gets no value without an end, which nothing would take away again: 30 days, in milliseconds. */
const longestKept = 30 * 24 * 3_600_000;

/**
 * Values in a Redis, beside their authority: what is asked in one turn of the event loop goes together, in script calls that
 * read the values, ask the authority about their tokens and take the leases.
 */
export class RedisTier<Value> implements JointTier<Value> {
  readonly name = 'redis';
  readonly authority: RedisAuthority;
  readonly #connection: RedisConnection;
  readonly #keys: RedisKeys;
  readonly #options: Required<RedisValueOptions<Value>>;
  readonly #looks = new Batches((asked: readonly Question[]) => this.#lookAll(asked));
  readonly #settlements = new Batches((settled: readonly Settled[]) => this.#settleAll(settled));

  constructor({ connection, keys, authority, ...options }: RedisTierOptions<Value>) {
    this.#connection = connection;
    this.#keys = keys;
    this.authority = authority;
    this.#options = {
      lease: 3000,
      compressFrom: 4096,
      maxValueBytes: 16 * 1024 * 1024,
      pack: (value) => value,
      // Without `unpack` what was packed is the value.
      unpack: (packed) => packed as Value,
      now: Date.now,
      ...options,
    };
  }

  async get(key: string): Promise<Stored<Value> | undefined> {
    const bytes = await this.#connection.client.getBuffer(this.#keys.value(key));
    const stored = bytes === null ? undefined : this.#read(bytes);
    return stored && stored.keptUntil > this.#options.now() ? stored : undefined;
  }

  async set(key: string, stored: Stored<Value>): Promise<void> {
    const { kept, entry } = this.#written(stored);
    if (kept === 0) await this.delete(key);
    else await this.#connection.client.set(this.#keys.value(key), entry, 'PX', kept);
  }

  async delete(key: string): Promise<void> {
    await this.#connection.client.unlink(this.#keys.value(key));
  }

  async clear(prefix: string): Promise<void> {
    await clearValues(this.#connection.masters(), this.#keys.valuesBelow(prefix));
  }

  async look(key: string, asker = ''): Promise<Look<Value>> {
    const { entry, missed, position, holder } = await this.#looks.ask(
      `${asker.length}:${asker}${key}`,
      { key, asker },
      key.length,
    );
    const stored = entry && this.#read(entry);
    return { stored, missed: stored ? undefined : (missed ?? 'absent'), position, holder };
  }

  async settle(key: string, stored: Stored<Value>, holder = ''): Promise<Verdict> {
    try {
      const settled = { key, holder, ...this.#written(stored) };
      return await this.#settlements.ask(settled, settled, settled.entry.length);
    } catch (error) {
      // Redis has no memory left, or the value cannot be written: others need not wait for it.
      if (holder !== '') void this.release(key, holder).catch(() => {});
      throw error;
    }
  }

  async renew(key: string, holder: string): Promise<void> {
    await this.#connection.run(renew, [this.#keys.lease(key)], [holder, this.#options.lease]);
  }

  async release(key: string, holder: string): Promise<void> {
    await this.#connection.run(release, [this.#keys.lease(key)], [holder]);
  }

  async #lookAll(asked: readonly Question[]): Promise<readonly RawLook[]> {
    const looks: RawLook[] = [];
    // Values that are large together come in several answers, each with the position of its own moment.
    while (looks.length < asked.length) {
      const before = looks.length;
      const keys = this.#keysOf(asked.slice(before));
      const values = asked.slice(before).map(({ asker }) => asker);
      const { now, lease } = this.#options;
      const answer = await this.#connection.run(look, keys, [randomUUID(), now(), lease, ...values]);
      for (const one of this.#looksIn(answer)) looks.push(one);
      if (looks.length === before) throw new Error('Redis answered without a value.');
    }
    return looks;
  }

  *#looksIn(answer: unknown): Iterable<RawLook> {
    const position = positionIn(answer);
    const [, , ...list] = listIn(answer);
    for (let at = 0; at < list.length; at += 2) {
      const [said, by] = [list[at], list[at + 1]];
      // Something else than a word is a value, whose head alone is longer.
      const word = Buffer.isBuffer(said) && said.length < 10 ? said.toString() : undefined;
      const entry = word === undefined && Buffer.isBuffer(said) ? said : undefined;
      const missed = word === 'outdated' || word === 'forgotten' ? word : entry ? undefined : 'absent';
      yield { entry, missed, position, holder: Buffer.isBuffer(by) ? by.toString() : undefined };
    }
  }

  async #settleAll(settled: readonly Settled[]): Promise<readonly Verdict[]> {
    const values = settled.flatMap(({ kept, holder, entry }): Argument[] => [kept, holder, entry]);
    return verdictsIn(await this.#connection.run(settle, this.#keysOf(settled), values), settled.length);
  }

  #keysOf(items: readonly { readonly key: string }[]): Argument[] {
    return [
      this.#keys.authority,
      ...items.map(({ key }) => this.#keys.value(key)),
      ...items.map(({ key }) => this.#keys.lease(key)),
    ];
  }

  /** An entry for Redis and how long it is kept there; only its head where it is not held. */
  #written(stored: Stored<Value>): { kept: number; entry: Buffer } {
    const { pack, now, maxValueBytes, compressFrom } = this.#options;
    const left = Math.ceil(Math.min(stored.keptUntil - now(), longestKept));
    const entry = encodeEntry({ ...stored, value: pack(stored.value) }, { compressFrom });
    if (left > 0 && entry.length <= maxValueBytes) return { kept: left, entry };
    return { kept: 0, entry: encodeHead(stored) };
  }

  /** Undefined for what cannot be read: one key's value says nothing of whether Redis can be reached. */
  #read(bytes: Buffer): Stored<Value> | undefined {
    try {
      const read = decodeEntry(bytes);
      return read && { ...read, value: this.#options.unpack(read.value) };
    } catch {
      return undefined;
    }
  }
}
