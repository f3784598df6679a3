import type { EventEmitter } from 'node:events';
import type { Position, Tag } from '../authority.ts';
import type { Recorder } from '../recorder.ts';
import type { Found, TierStack } from '../stack/tier-stack.ts';
import { type CacheEvents, tell } from '../statistics/events.ts';
import type { Stored } from '../tier.ts';
import { type Asked, impliedBy } from './asked.ts';
import { abandoned, Flight, Flights, type Landing } from './flights.ts';
import { inheriting } from './inherited.ts';
import { type Gathered, type Loaded, loadedOf } from './loaded.ts';
import { defaultGuard, type Loading } from './read-options.ts';
import { Refusals } from './refusals.ts';

/** What a load gave, for each who gets it. */
export interface Shared<Value> {
  readonly handOut: () => Value;
  readonly stored: boolean;
  /** Milliseconds. */
  readonly ttl: number;
  readonly tags: readonly Tag[];
  /** Why what it depends on is not known. */
  readonly refused?: string | undefined;
}

/** How a load ended for who began it. */
export type Own<Value> = (Shared<Value> | { readonly error: unknown }) & {
  /** Nothing could be said of its freshness, since the authority could not be asked before it. */
  readonly unreachable?: true;
};

/** A load that failed, and what that depends on where it is known. */
interface Failed {
  readonly error: unknown;
  readonly tags?: readonly Tag[];
}

/** A load under way. */
export interface Begun<Value> {
  readonly flight: Flight<Shared<Value>>;
  /** How it ends for who began it: it is theirs in any case. Never rejects. */
  readonly own: Promise<Own<Value>>;
}

export interface LoadsOptions<Value> {
  readonly stack: TierStack<Value>;
  readonly events: EventEmitter<CacheEvents>;
  /** Finds out what loads depend on. */
  readonly recorder: Recorder | undefined;
  /** Tells this process from others that share a tier. */
  readonly id: string;
  readonly now: () => number;
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** How often it is looked whether another process has loaded, in milliseconds, for how long at most, and of how many. */
const looks = { first: 4, longest: 50, patience: 10_000, processes: 2 } as const;
/**
 * How often a lease is renewed while a load takes its time: as long as others wait for one. Of a load that never ends each
 * of them would else wait so long for each value, as long as its process lives.
 */
const renewals = { every: 1000, most: looks.patience / 1000 } as const;

/** The loads of a process: at most one of a key that others may join, and none of what another process is loading. */
export class Loads<Value> {
  readonly #options: LoadsOptions<Value>;
  readonly #flights = new Flights<Shared<Value>>();
  readonly refusals = new Refusals();

  constructor(options: LoadsOptions<Value>) {
    this.#options = options;
  }

  joinable(key: string): Flight<Shared<Value>> | undefined {
    return this.#flights.joinable(key);
  }

  /**
   * Begins a load that others may join.
   * @param found what the tiers had, after the reader began
   */
  beginForAll(asked: Asked<Value>, found: Found<Value>, expired: Stored<Value> | undefined): Begun<Value> {
    const flight = this.#flights.open(asked.key, this.#options.clock());
    return { flight, own: this.#fly(asked, flight, found, expired) };
  }

  /** Begins a load for one reader only, who gets what was true when their read began or later. */
  beginAlone(asked: Asked<Value>, expired: Stored<Value> | undefined): Begun<Value> {
    const flight = new Flight<Shared<Value>>(() => undefined, this.#options.clock());
    return { flight, own: this.#loadAlone(asked, flight, expired) };
  }

  async #fly(
    asked: Asked<Value>,
    flight: Flight<Shared<Value>>,
    found: Found<Value>,
    expired: Stored<Value> | undefined,
  ): Promise<Own<Value>> {
    const { stack, id, now } = this.#options;
    let landing: Landing<Shared<Value>> = { usable: false };
    try {
      let { position } = found;
      if (found.holder !== undefined && found.holder !== id) {
        const others = await this.#awaitOthers(asked.key, found.holder, flight);
        if (others.hit) {
          const stored = stack.adopt(asked.key, others.hit.stored, asked.options.guard ?? defaultGuard);
          const ttl = stored.expires - now();
          const value = { handOut: () => stored.value, stored: true, ttl, tags: stored.token.tags };
          flight.seal();
          if ((await stack.authority.check(stored.token)) === 'current') landing = { usable: true, value };
          asked.counters.joined++;
          return value;
        }
        position = others.position;
      }
      position ??= await stack.authority.position();
      if (flight.abandoned) {
        void stack.release(asked.key, id);
        return { error: abandoned() };
      }
      if (!position) {
        flight.seal();
        flight.land(landing); // who joined need not wait for a load that they cannot use
        return { ...(await this.#loadAlone(asked, flight, expired)), unreachable: true };
      }
      const loaded = await this.#load(asked, flight, expired);
      flight.seal();
      if ('error' in loaded) {
        void stack.release(asked.key, id);
        const known = loaded.tags ?? knownTags(asked);
        if (known && (await stack.authority.check({ ...position, tags: known })) === 'current')
          landing = { usable: true, error: loaded.error };
        return loaded;
      }
      const { shared, usable } = await this.#hold(asked, loaded, position);
      if (usable) landing = { usable, value: shared };
      return shared;
    } catch (error) {
      return { error };
    } finally {
      flight.seal();
      flight.land(landing);
    }
  }

  /** Holds what was loaded at a position, if it still is right. */
  async #hold(
    { key, namespace, counters }: Asked<Value>,
    loaded: Loaded<Value>,
    position: Position,
  ): Promise<{ shared: Shared<Value>; usable: boolean }> {
    const { stack, events, id, now } = this.#options;
    const { handOut, ttl, tags, unfit, refused } = loaded;
    const toBeStored = ttl > 0 && unfit === undefined;
    if (!toBeStored) void stack.release(key, id);
    if (refused !== undefined) {
      counters.unstored++;
      this.refusals.refused(key, refused);
      tell(events, 'unstored', { key, why: 'refused', error: refused });
      return { shared: { handOut, stored: false, ttl, tags, refused }, usable: false };
    }
    this.refusals.kept(key);
    const verdict = toBeStored
      ? await stack.hold(key, loaded.keep(position, namespace, now()), id)
      : await stack.authority.check({ ...position, tags });
    const usable = verdict === 'current';
    if (!usable) {
      if (!toBeStored) return { shared: { handOut, stored: false, ttl, tags }, usable };
      counters.unstored++;
      tell(events, 'unstored', { key, why: verdict === 'unreachable' ? 'unreachable' : 'overtaken' });
    } else if (unfit !== undefined) {
      counters.unstored++;
      tell(events, 'unstored', { key, why: 'unfit', error: unfit });
    }
    return { shared: { handOut, stored: usable && toBeStored, ttl, tags }, usable };
  }

  async #loadAlone(
    asked: Asked<Value>,
    flight: Pick<Flight<never>, 'signal' | 'needs' | 'abandoned'>,
    expired: Stored<Value> | undefined,
  ): Promise<Own<Value>> {
    const loaded = await this.#load(asked, flight, expired);
    if ('error' in loaded) return loaded;
    const { handOut, ttl, tags, refused } = loaded;
    return { handOut, stored: false, ttl, tags, refused };
  }

  async #load(
    asked: Asked<Value>,
    flight: Pick<Flight<never>, 'signal' | 'needs' | 'abandoned'>,
    expired: Stored<Value> | undefined,
  ): Promise<Loaded<Value> | Failed> {
    const { key, load, options, counters } = asked;
    const { clock, stack, id, events, recorder } = this.#options;
    const gathered: Gathered = { tags: [], longest: Infinity };
    let ended = false;
    const notEnded = () => {
      if (ended)
        throw new Error(`The load of ${key} has ended: what it depends on must be said before it does.`);
    };
    const began = clock();
    const endLease = stack.keepLease(key, id, { ...renewals, wanted: () => !flight.abandoned });
    let failure: Failed | undefined;
    counters.loads++;
    try {
      const loading: Loading<Value> = {
        get signal() {
          return flight.signal;
        },
        get expired() {
          return expired?.value;
        },
        tag: (...tags) => {
          notEnded();
          gathered.tags.push(...tags);
        },
        keepFor: (longest) => {
          notEnded();
          gathered.longest = Math.min(longest, gathered.longest);
        },
      };
      const run = () => inheriting(gathered, () => flight.needs.run(() => load(loading)));
      if (!recorder) return loadedOf(await run(), options, gathered, impliedBy(asked));
      const recorded = await recorder.record(run);
      gathered.tags.push(...recorded.tags);
      gathered.refused ??= recorded.refused;
      if (gathered.tags.length === 0 && options.tags === undefined)
        gathered.refused ??= 'it asked nothing of what is recorded, and says nothing that it depends on';
      if ('value' in recorded) return loadedOf(recorded.value, options, gathered, impliedBy(asked));
      counters.failed++;
      failure = {
        error: recorded.error,
        ...(gathered.refused === undefined && { tags: [...gathered.tags, ...impliedBy(asked)] }),
      };
      return failure;
    } catch (error) {
      counters.failed++;
      failure = { error };
      return failure;
    } finally {
      ended = true;
      endLease();
      const took = clock() - began;
      counters.loadTimes.observe(took);
      if (events.listenerCount('loaded') > 0)
        tell(events, 'loaded', { key, took, ...(failure && { error: failure.error }) });
    }
  }

  /**
   * Until another process has loaded the value, or no longer does. When a third one begins then, because the first crashed
   * or had nothing to store, that one is waited for too, and no more.
   */
  async #awaitOthers(key: string, first: string, flight: Flight<Shared<Value>>): Promise<Found<Value>> {
    const { clock, sleep, stack, id } = this.#options;
    const until = clock() + looks.patience;
    const waitedFor = new Set([first]);
    for (let pause: number = looks.first; ; pause = Math.min(1.5 * pause, looks.longest)) {
      await sleep(pause);
      const found = await stack.look(key, id);
      const { hit, holder } = found;
      if (hit || holder === undefined || holder === id || flight.abandoned || clock() > until) return found;
      if (waitedFor.add(holder).size > looks.processes) return found;
    }
  }
}

/** All that a load depends on, as far as that is known when it failed. */
function knownTags<Value>(asked: Asked<Value>): readonly Tag[] | undefined {
  const { tags } = asked.options;
  return tags === undefined || typeof tags === 'function' ? undefined : [...tags, ...impliedBy(asked)];
}
