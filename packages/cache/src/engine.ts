import type { EventEmitter } from 'node:events';
import type { Authority, Tag } from './authority.ts';
import { type Explanation, explain } from './explain.ts';
import type { Journal } from './journal.ts';
import { ProtectedKey } from './keys/protected-key.ts';
import { type Asked, impliedBy } from './reading/asked.ts';
import { isBypassed } from './reading/bypass.ts';
import { inherit } from './reading/inherited.ts';
import { loadedOf } from './reading/loaded.ts';
import type { Loads } from './reading/loads.ts';
import type { ReadPath } from './reading/read-path.ts';
import { refuseNonsense } from './reading/refuse-nonsense.ts';
import type { Found, TierStack } from './stack/tier-stack.ts';
import { countHit, countMiss } from './statistics/counting.ts';
import { type CacheEvents, tell } from './statistics/events.ts';
import type { Counters, Statistics } from './statistics/statistics.ts';
import type { Stored } from './tier.ts';
import type { Guard } from './values/guarded.ts';

export interface EngineParts<Value> {
  readonly authority: Authority;
  readonly stack: TierStack<Value>;
  readonly loads: Loads<Value>;
  readonly path: ReadPath<Value>;
  readonly statistics: Statistics;
  readonly events: EventEmitter<CacheEvents>;
  readonly protect: readonly string[];
  readonly journal: Journal | undefined;
  readonly now: () => number;
  readonly clock: () => number;
}

interface Put<Value> {
  readonly asked: Asked<Value>;
  readonly value: Value;
}

/** How many keys are bumped at once, for values that are as of one position: all together, or they would overtake others'. */
const mostPut = 1000;

const bypassed: Found<never> = { missed: 'bypassed' };

/** What the namespaces of a cache share: its parts, and what is done by hand. */
export class Engine<Value> {
  readonly path: ReadPath<Value>;
  readonly statistics: Statistics;
  readonly #parts: EngineParts<Value>;

  constructor(parts: EngineParts<Value>) {
    this.#parts = parts;
    this.path = parts.path;
    this.statistics = parts.statistics;
  }

  /** @throws {ProtectedKey} for a key, or the beginning of keys, that is somebody else's */
  refuseProtected(key: string): void {
    for (const prefix of this.#parts.protect) if (key.startsWith(prefix)) throw new ProtectedKey(key, prefix);
  }

  /** What is held of a key, fresh and current; counted as a read. */
  async find(key: string, guard: Guard, counters: Counters): Promise<Stored<Value> | undefined> {
    const { stack, events, clock, now } = this.#parts;
    const began = clock();
    let found: Found<Value> = isBypassed() ? bypassed : await stack.findNear(key);
    if (!found.hit && found.missed !== 'bypassed' && found.missed !== 'unreachable' && stack.hasFar)
      found = await stack.findFar(key, guard);
    if (!found.hit) {
      inherit([key], Infinity, undefined); // what is set under it later is something else
      if (found.outdated && events.listenerCount('outdated') > 0)
        tell(events, 'outdated', { key, token: found.outdated });
      countMiss(counters, events, { key, reason: found.missed ?? 'absent' });
      return undefined;
    }
    const { stored, tier } = found.hit;
    inherit(stored.token.tags, stored.expires - now(), undefined);
    countHit(counters, events, { key, tier, took: clock() - began });
    return stored;
  }

  /** Each value is as of its key's bump, so that of two who set at once the later one's holds, everywhere. */
  async put(entries: readonly Put<Value>[]): Promise<void> {
    for (const { asked } of entries) refuseNonsense(asked.options);
    for (let from = 0; from < entries.length; from += mostPut)
      await this.#putSome(entries.slice(from, from + mostPut));
  }

  async #putSome(entries: readonly Put<Value>[]): Promise<void> {
    const { authority, stack, events, now } = this.#parts;
    const position = await authority.bump(entries.map(({ asked }) => asked.key));
    if (!position || isBypassed()) return; // within a write it may still be undone
    await Promise.all(
      entries.map(async ({ asked, value }) => {
        const { key, namespace, options } = asked;
        const { ttl, unfit, keep } = loadedOf(
          value,
          options,
          { tags: [], longest: Infinity },
          impliedBy(asked),
        );
        if (unfit !== undefined) tell(events, 'unstored', { key, why: 'unfit', error: unfit });
        else if (ttl > 0) await stack.hold(key, keep(position, namespace, now()), undefined);
      }),
    );
  }

  async invalidateKeys(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.invalidate(keys);
    await Promise.all(keys.map((key) => this.#parts.stack.delete(key)));
  }

  /**
   * Bumps tags, and lets go of what is held under keys that begin in one of these ways.
   * @throws when the authority cannot be told
   */
  async invalidate(tags: readonly Tag[], prefixes: readonly string[] = []): Promise<void> {
    const { authority, stack, events } = this.#parts;
    await authority.bump(tags);
    tell(events, 'invalidated', { tags });
    for (const prefix of prefixes) await stack.clear(prefix);
  }

  reweigh(key: string, value: Value, bytes: number): void {
    if (!(bytes >= 0)) throw new RangeError(`bytes is ${String(bytes)}: give a number from 0 on.`);
    this.#parts.stack.near?.reweigh(key, value, bytes);
  }

  explain(key: string): Promise<Explanation> {
    const { stack, loads, now, journal } = this.#parts;
    const isLoading = loads.joinable(key) !== undefined;
    return explain(stack, key, { now: now(), isLoading, notKept: loads.refusals.of(key), journal });
  }
}
