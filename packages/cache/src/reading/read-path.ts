import type { EventEmitter } from 'node:events';
import type { Awaitable, Tag, Token } from '../authority.ts';
import type { Found, TierStack } from '../stack/tier-stack.ts';
import { countHit, countMiss } from '../statistics/counting.ts';
import { type CacheEvents, tell } from '../statistics/events.ts';
import type { Counters, MissReason } from '../statistics/statistics.ts';
import type { Stored } from '../tier.ts';
import type { Asked } from './asked.ts';
import { isBypassed } from './bypass.ts';
import type { Flight, Landing } from './flights.ts';
import { inherit } from './inherited.ts';
import { LoadTimeout } from './load-timeout.ts';
import type { Begun, Loads, Shared } from './loads.ts';
import { defaultGuard } from './read-options.ts';
import { refuseNonsense } from './refuse-nonsense.ts';
import { late, waitFor } from './waiting.ts';

/** A value and where it came from. */
export interface Outcome<Value> {
  readonly value: Value;
  /** `expired`: its load failed or took too long, and nothing had invalidated the one before. */
  readonly from: 'tier' | 'load' | 'joined load' | 'expired';
  /** The name of the tier that had it. */
  readonly tier?: string;
  /** Why it was no hit. */
  readonly reason?: MissReason;
  /** Whether it is held now for later readers. */
  readonly stored: boolean;
  /** How long it may still be used, in milliseconds. */
  readonly ttl: number;
  /** Why what it depends on is not known, so that it is not held and `tags` are not all. */
  readonly refused?: string;
  /** What it depends on; `dependencies` leaves out those by which it is invalidated by hand. */
  readonly tags: readonly Tag[];
}

export interface ReadPathOptions<Value> {
  readonly stack: TierStack<Value>;
  readonly loads: Loads<Value>;
  readonly events: EventEmitter<CacheEvents>;
  /** Tells this process from others that share a tier. */
  readonly id: string;
  readonly now: () => number;
  readonly clock: () => number;
}

/** Rounds of waiting for somebody else's load before a reader loads for itself alone. */
const joinings = 2;

/** A load that takes so many times as long as its reader would wait is nobody's to join any more: it may never end. */
const patiences = 10;

type Hit<Value> = NonNullable<Found<Value>['hit']>;

/** The way of a read: through the tiers, then with somebody's load under way, else with one of its own. */
export class ReadPath<Value> {
  readonly #options: ReadPathOptions<Value>;
  readonly #stack: TierStack<Value>;
  readonly #loads: Loads<Value>;
  /** Whether the authority has to be waited for. */
  #asksAway = false;

  constructor(options: ReadPathOptions<Value>) {
    this.#options = options;
    this.#stack = options.stack;
    this.#loads = options.loads;
  }

  /**
   * Without a promise for a hit that needs none: each takes as long as the rest of it.
   * @throws what `load` throws, `LoadTimeout`, or the reason of the reader's signal
   */
  read(asked: Asked<Value>): Awaitable<Outcome<Value>> {
    const began = this.#options.clock();
    asked.options.signal?.throwIfAborted();
    if (isBypassed())
      return this.#load(asked, this.#loads.beginAlone(asked, undefined), 'bypassed', undefined);
    const near = this.#stack.findNear(asked.key);
    if (!(near instanceof Promise) && near.hit) return this.#hit(asked, near.hit, began);
    return this.#readOn(asked, near, began);
  }

  /** @param near what memory has, which is asked already, or was */
  async #readOn(asked: Asked<Value>, near: Awaitable<Found<Value>>, began: number): Promise<Outcome<Value>> {
    const { key, counters, options } = asked;
    let reason: MissReason | undefined;
    let expired: Stored<Value> | undefined;
    for (let joined = 0; ; joined++) {
      const first = joined === 0 ? near : this.#stack.findNear(key);
      let found = first instanceof Promise ? await first : first;
      if (found.outdated) this.#tellOutdated(key, found.outdated);
      let flight = this.#loads.joinable(key);
      if (!found.hit) refuseNonsense(options);
      if (!found.hit && !flight && joined < joinings) found = await this.#findFar(asked, found);
      if (found.hit) return this.#hit(asked, found.hit, began);
      expired = found.expired ?? expired;
      reason ??= found.missed ?? 'absent';
      flight ??= this.#loads.joinable(key);
      if (found.missed === 'unreachable' || joined === joinings)
        return this.#load(asked, this.#loads.beginAlone(asked, expired), reason, expired);
      if (!flight) return this.#load(asked, this.#loads.beginForAll(asked, found, expired), reason, expired);
      const landing = await this.#landing(asked, flight, reason, expired);
      if (landing !== late && !landing.usable) {
        counters.retried++;
        continue;
      }
      this.#missed(asked, reason);
      if (landing === late || 'error' in landing) return this.#expiredOr(asked, expired, landing);
      counters.joined++;
      const { handOut, stored, ttl, tags } = landing.value;
      inherit(tags, ttl, undefined);
      return { value: handOut(), from: 'joined load', reason, stored, ttl, tags };
    }
  }

  /** Asks the tiers beyond memory, unless it is known already that their word could not be checked. */
  async #findFar({ key, options }: Asked<Value>, near: Found<Value>): Promise<Found<Value>> {
    if (!this.#stack.hasFar || near.missed === 'unreachable') return near;
    const far = await this.#stack.findFar(key, options.guard ?? defaultGuard, this.#options.id);
    if (far.outdated) this.#tellOutdated(key, far.outdated);
    const nothingNew = far.missed === 'absent' && near.missed !== undefined;
    return {
      ...(near.expired && { expired: near.expired }),
      ...far,
      ...(nothingNew && { missed: near.missed }),
    };
  }

  /** A hit that needs no waiting, counted as one; undefined for whatever else it is, of which nothing is counted. */
  hitNear(key: string, counters: Counters): Outcome<Value> | undefined {
    if (this.#asksAway || isBypassed()) return undefined;
    const began = this.#options.clock();
    const near = this.#stack.findNear(key);
    if (near instanceof Promise) {
      // Asked twice for each read, the authority would answer half as many.
      this.#asksAway = true;
      return undefined;
    }
    return near.hit && this.#counted(key, counters, near.hit, began);
  }

  #hit(asked: Asked<Value>, hit: Hit<Value>, began: number): Outcome<Value> {
    const { counters, options, key } = asked;
    const outcome = this.#counted(key, counters, hit, began);
    const { storedAt, expires } = hit.stored;
    if (options.refreshAhead && outcome.ttl < options.refreshAhead * (expires - storedAt))
      this.#refresh(asked, hit.stored);
    return outcome;
  }

  #counted(key: string, counters: Counters, { stored, tier }: Hit<Value>, began: number): Outcome<Value> {
    const { clock, now, events } = this.#options;
    countHit(counters, events, { key, tier, took: clock() - began });
    const ttl = stored.expires - now();
    const { tags } = stored.token;
    inherit(tags, ttl, undefined);
    return { value: stored.value, from: 'tier', tier, stored: true, ttl, tags };
  }

  /** Loads again behind the reader's back. */
  #refresh(asked: Asked<Value>, stored: Stored<Value>): void {
    if (this.#loads.joinable(asked.key)) return;
    asked.counters.refreshed++;
    this.#loads.beginForAll(asked, {}, stored).flight.join();
  }

  #missed({ counters, key }: Asked<Value>, reason: MissReason): void {
    countMiss(counters, this.#options.events, { key, reason });
  }

  #tellOutdated(key: string, token: Token): void {
    const { events } = this.#options;
    if (events.listenerCount('outdated') > 0) tell(events, 'outdated', { key, token });
  }

  /** How another's load ended for this reader, who is counted too if they do not wait so long. */
  async #landing(
    asked: Asked<Value>,
    flight: Flight<Shared<Value>>,
    reason: MissReason,
    expired: Stored<Value> | undefined,
  ): Promise<Landing<Shared<Value>> | typeof late> {
    try {
      return await this.#wait(asked, flight, flight.landed, expired);
    } catch (error) {
      this.#missed(asked, reason);
      throw error;
    }
  }

  /** Waits for a load that this reader began. */
  async #load(
    asked: Asked<Value>,
    { flight, own }: Begun<Value>,
    reason: MissReason,
    expired: Stored<Value> | undefined,
  ): Promise<Outcome<Value>> {
    let missed = reason;
    try {
      const ended = await this.#wait(asked, flight, own, expired);
      if (ended !== late && ended.unreachable) missed = 'unreachable';
      if (ended === late || 'error' in ended) return await this.#expiredOr(asked, expired, ended);
      const { handOut, stored, ttl, tags, refused } = ended;
      inherit(tags, ttl, refused);
      const outcome = { value: handOut(), from: 'load', reason: missed, stored, ttl, tags } as const;
      return refused === undefined ? outcome : { ...outcome, refused };
    } finally {
      this.#missed(asked, missed);
    }
  }

  /** Waits no longer than the reader will, who then leaves. */
  async #wait<T>(
    { key, options }: Asked<Value>,
    flight: Flight<Shared<Value>>,
    promise: Promise<T>,
    expired: Stored<Value> | undefined,
  ): Promise<T | typeof late> {
    const { signal, softTimeout = Infinity, hardTimeout = Infinity } = options;
    const soft = expired ? softTimeout : Infinity;
    const noLonger = flight.needs.wanted(key);
    flight.join();
    try {
      const ended = await waitFor(promise, { key, signal, soft, hard: hardTimeout });
      if (ended !== late || (await this.#isCurrent(expired))) return ended;
      return await waitFor(promise, { key, signal, soft: Infinity, hard: hardTimeout, waited: soft });
    } catch (error) {
      inherit([], 0, 'a load that it needed was not waited for');
      if (signal?.aborted) flight.leave();
      else if (this.#options.clock() - flight.began >= patiences * hardTimeout) flight.seal();
      throw error;
    } finally {
      noLonger();
    }
  }

  /** Whether a value that expired was still not invalidated, after its reader waited. */
  async #isCurrent(expired: Stored<Value> | undefined): Promise<boolean> {
    return expired !== undefined && (await this.#stack.authority.check(expired.token)) === 'current';
  }

  /** The value that expired, where a load is late or failed. */
  async #expiredOr(
    { key, counters }: Asked<Value>,
    expired: Stored<Value> | undefined,
    ended: typeof late | { readonly error: unknown },
  ): Promise<Outcome<Value>> {
    if (ended !== late && !(await this.#isCurrent(expired))) {
      // Whoever does without it depends on what made it fail.
      inherit([], 0, 'a load that it needed failed');
      throw ended.error;
    }
    if (!expired) throw new LoadTimeout(key, 0); // only who has such a value is told that it is late
    counters.servedExpired++;
    tell(this.#options.events, 'expired', { key });
    inherit(expired.token.tags, 0, undefined);
    const { value, token } = expired;
    return { value, from: 'expired', reason: 'expired', stored: true, ttl: 0, tags: token.tags };
  }
}
