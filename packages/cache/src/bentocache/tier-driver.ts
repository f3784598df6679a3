import type { Authority } from '../authority.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import type { Stored, Tier } from '../tier.ts';

export interface TierDriverOptions {
  readonly tier: Tier<string>;
  /**
   * What `clear` tells. A tier need not find keys by how they begin, so that it is not left to it. The one that the tier lies
   * with unless given, else one in this process's memory, which believes nothing that another process wrote.
   */
  readonly authority?: Authority;
  /** What all keys begin with. */
  readonly prefix?: string;
  /** For BentoCache's `disconnect`. */
  readonly close?: () => void | Promise<void>;
  /** Milliseconds since 1970; when a value has expired. */
  readonly now?: () => number;
}

/**
 * What BentoCache makes its stores of. Its own types are not named here: they name those of five databases' clients, which
 * strict compilers then ask for.
 */
export interface TierDriverResult {
  readonly options: { prefix?: string };
  readonly factory: (config: { prefix?: string }) => TierDriver;
}

/**
 * A tier as the second layer of BentoCache.
 *
 * @example
 * const tier = await FilesystemTier.open<string>({ folder: '/var/cache/shop', maxBytes: 1e9 });
 * const store = bentostore().useL1Layer(memoryDriver()).useL2Layer(tierDriver({ tier }));
 */
export function tierDriver(options: TierDriverOptions): TierDriverResult {
  const authority = options.authority ?? authorityOf(options.tier) ?? new MemoryAuthority();
  const { prefix, tier, close, now = Date.now } = options;
  return {
    options: prefix === undefined ? {} : { prefix }, // BentoCache puts them over its own prefix
    factory: (config) =>
      new TierDriver({ tier, authority, now, close: async () => close?.() }, config.prefix),
  };
}

type Parts = Required<Omit<TierDriverOptions, 'prefix'>>;

/** Two calls for a key at once are two: `pull` and what `delete` answers are not one step, since a tier's are not. */
class TierDriver {
  readonly type = 'l2';
  readonly #parts: Parts;
  /** What this one's keys begin with, in the tier. */
  readonly #place: string;

  constructor(parts: Parts, prefix: string | undefined) {
    const bare = prefix?.replace(/:+$/, '');
    this.#parts = parts;
    this.#place = bare ? `${bare}:` : '';
  }

  namespace(namespace: string): TierDriver {
    return new TierDriver(this.#parts, this.#place + namespace);
  }

  /** @throws {Error} when the authority is out of reach, or what the tier throws: BentoCache then does without */
  async get(key: string): Promise<string | undefined> {
    const { tier, authority, now } = this.#parts;
    const stored = await tier.get(this.#place + key);
    if (!stored || stored.expires <= now()) return undefined;
    const verdict = await authority.check(stored.token);
    if (verdict === 'unreachable') throw outOfReach();
    return verdict === 'current' ? stored.value : undefined;
  }

  async pull(key: string): Promise<string | undefined> {
    const value = await this.get(key);
    if (value !== undefined) await this.#parts.tier.delete(this.#place + key);
    return value;
  }

  /** @param ttl milliseconds; for ever unless given */
  async set(key: string, value: string, ttl?: number): Promise<boolean> {
    const { tier, authority, now } = this.#parts;
    const position = await authority.position();
    if (!position) throw outOfReach();
    const full = this.#place + key;
    const storedAt = now();
    const expires = ttl ? storedAt + ttl : Infinity;
    const stored: Stored<string> = {
      value,
      token: { ...position, tags: tagsOf(full) },
      namespace: this.#place.slice(0, -1),
      storedAt,
      expires,
      keptUntil: expires,
      bytes: 2 * value.length,
    };
    await tier.set(full, stored);
    return true;
  }

  async delete(key: string): Promise<boolean> {
    const had = (await this.get(key)) !== undefined;
    await this.#parts.tier.delete(this.#place + key);
    return had;
  }

  async deleteMany(keys: string[]): Promise<boolean> {
    await Promise.all(keys.map(async (key) => this.#parts.tier.delete(this.#place + key)));
    return true;
  }

  async clear(): Promise<void> {
    const { tier, authority } = this.#parts;
    await authority.bump([tagOf(this.#place)]);
    await tier.clear(this.#place);
  }

  async disconnect(): Promise<void> {
    await this.#parts.close();
  }
}

/** What `clear` of a place bumps; of any other tags in the same authority none is called so. */
function tagOf(place: string): string {
  return `bentocache ${place}`;
}

/** Of all places that a key lies in: namespaces are told by how a key begins, also by who writes it out in full. */
function tagsOf(full: string): string[] {
  const ends = Array.from(full.matchAll(/:/g), ({ index }) => index + 1);
  return [0, ...ends].map((end) => tagOf(full.slice(0, end)));
}

function authorityOf(tier: Tier<string>): Authority | undefined {
  // A tier that lies with its authority says which.
  return (tier as Partial<{ authority: Authority }>).authority;
}

function outOfReach(): Error {
  return new Error('The authority is out of reach, so that nothing held can be believed.');
}
