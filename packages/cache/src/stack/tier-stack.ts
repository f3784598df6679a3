import type { Authority, Awaitable, Position, Token, Verdict } from '../authority.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import { Breaker } from '../outages/breaker.ts';
import { WatchedAuthority } from '../outages/watched-authority.ts';
import type { MissReason } from '../statistics/statistics.ts';
import type { JointTier, Stored, Tier } from '../tier.ts';
import type { Guard } from '../values/guarded.ts';
import { guardedAs } from '../values/guarded-entry.ts';
import { FarTier, type FarTierOptions } from './far-tier.ts';

/** What the tiers have for a reader. */
export interface Found<Value> {
  /** Current and fresh: a hit. */
  readonly hit?: { readonly stored: Stored<Value>; readonly tier: string };
  readonly missed?: MissReason;
  /** What outdated was found, in a tier that is not joint. */
  readonly outdated?: Token;
  /** Current, no longer fresh, and kept for the worst case. */
  readonly expired?: Stored<Value>;
  /** From after the reader asked. */
  readonly position?: Position;
  /** Who loads the value in another process, or has the right to, if it is this one. */
  readonly holder?: string;
}

export interface TierStackOptions<Value> extends FarTierOptions {
  /** The nearest first. */
  readonly tiers: readonly Tier<Value>[];
  readonly authority: Authority;
  /** Whether what is held may be given out now. */
  readonly usable: () => boolean;
  readonly now: () => number;
}

/** What may be written to a tier behind everybody's back at once; of more, what comes is left out. */
const mostWritings = 256;

/**
 * Tiers, the nearest first, and the authority that says which of their values are right. A tier that is away is as good
 * as empty.
 */
export class TierStack<Value> {
  readonly authority: WatchedAuthority;
  readonly near: MemoryTier<Value> | undefined;
  readonly #far: readonly FarTier<Value>[];
  readonly #joint: JointTier<Value> | undefined;
  readonly #options: TierStackOptions<Value>;
  readonly #writing = new Set<Promise<unknown>>();

  constructor(options: TierStackOptions<Value>) {
    const { tiers, authority, usable, clock, onReach } = options;
    const breaker = (part: string) =>
      new Breaker({ clock, onChange: (state, reason) => onReach(part, state, reason) });
    this.#options = options;
    this.authority = new WatchedAuthority(authority, breaker('authority'), usable);
    const [first, ...others] = tiers;
    this.near = first instanceof MemoryTier ? first : undefined;
    const far = first === undefined || this.near ? others : tiers;
    const last = far.at(-1);
    this.#joint = last && isJoint(last, authority) ? last : undefined;
    this.#far = far.filter((tier) => tier !== this.#joint).map((tier) => new FarTier(tier, options));
  }

  /** Whether there is more to ask than this process's memory. */
  get hasFar(): boolean {
    return this.#joint !== undefined || this.#far.length > 0;
  }

  /** What this process's memory has. */
  findNear(key: string): Awaitable<Found<Value>> {
    const stored = this.near?.get(key);
    if (!stored) return absent;
    const now = this.#options.now();
    if (stored.keptUntil <= now) this.near?.delete(key);
    return this.#judge('memory', stored, now);
  }

  /**
   * What the tiers beyond have; a hit is from then on held nearer too, as `guard` says.
   * @param asker takes the lease if it is free
   */
  async findFar(key: string, guard: Guard, asker?: string): Promise<Found<Value>> {
    let missed: Found<Value> = absent;
    for (const far of this.#far) {
      const stored = await far.read(key);
      const found = stored ? await this.#judge(far.tier.name, stored) : absent;
      if (found.hit) return this.#promoted(far.tier, key, found, guard);
      if (found.missed === 'unreachable') return found;
      if (found.expired) missed = { ...found, expired: guardedAs(found.expired, guard) };
      else if (missed.missed === 'absent') missed = found;
    }
    if (!this.#joint) return missed;
    const found = await this.look(key, asker);
    if (found.hit) return this.#promoted(this.#joint, key, found, guard);
    return { ...(missed.expired && { expired: missed.expired }), ...found };
  }

  /** What the joint tier has, asked and checked in one round trip. */
  async look(key: string, asker?: string): Promise<Found<Value>> {
    const joint = this.#joint;
    if (!joint) return absent;
    const look = await this.#askJoint(() => joint.look(key, asker));
    if (!look) return { missed: 'unreachable' };
    const { stored, missed = 'absent', position, holder } = look;
    const more = { position, ...(holder !== undefined && { holder }) };
    if (!stored) return { missed, ...more };
    return { ...this.#fresh(joint.name, stored), ...more };
  }

  /**
   * Holds a value in every tier, if its token is current. It waits for the authority and for what lies with it; other
   * tiers are written behind the reader's back.
   * @param holder who has the lease, which ends with this
   */
  async hold(key: string, stored: Stored<Value>, holder: string | undefined): Promise<Verdict> {
    const verdict = (await this.#settle(key, stored, holder)) ?? (await this.authority.check(stored.token));
    if (verdict === 'current') this.#holdNearer(this.#joint, key, stored);
    return verdict;
  }

  /** Undefined when the joint tier cannot hold it, as when Redis has no memory left: its authority may still vouch for it. */
  async #settle(
    key: string,
    stored: Stored<Value>,
    holder: string | undefined,
  ): Promise<Verdict | undefined> {
    if (this.authority.breaker.away) return undefined;
    try {
      return await this.#joint?.settle(key, stored, holder);
    } catch {
      if (holder !== undefined) void this.release(key, holder);
      return undefined;
    }
  }

  /**
   * Keeps the lease while a load takes its time, until what it returns is called.
   * @param renewals how often, every so many milliseconds, and while somebody waits for the load
   */
  keepLease(
    key: string,
    holder: string,
    renewals: { readonly most: number; readonly every: number; readonly wanted: () => boolean },
  ): () => void {
    const joint = this.#joint;
    if (!joint) return () => undefined;
    let left = renewals.most;
    const timer = setInterval(() => {
      if (left-- > 0 && renewals.wanted()) void this.#askJoint(() => joint.renew(key, holder));
      else clearInterval(timer);
    }, renewals.every);
    timer.unref();
    return () => clearInterval(timer);
  }

  /** Lets go of the lease; it is not waited for, as it ends by itself. */
  async release(key: string, holder: string): Promise<void> {
    const joint = this.#joint;
    if (joint) await this.#askJoint(() => joint.release(key, holder));
  }

  async delete(key: string): Promise<void> {
    this.near?.delete(key);
    await this.#everywhere((tier) => tier.delete(key));
  }

  async clear(prefix: string): Promise<void> {
    this.near?.clear(prefix);
    await this.#everywhere((tier) => tier.clear(prefix));
  }

  /** Every tier, the nearest first, with what it holds under a key. */
  async heldIn(key: string): Promise<{ tier: string; stored: Stored<Value> | undefined; away: boolean }[]> {
    const near = this.near ? [{ tier: this.near.name, stored: this.near.get(key), away: false }] : [];
    const far = this.#far.map(async (one) => ({
      tier: one.tier.name,
      stored: await one.read(key),
      away: one.away,
    }));
    const joint = this.#joint && {
      tier: this.#joint.name,
      stored: await this.#askJoint(async () => this.#joint?.get(key)),
      away: this.authority.breaker.away,
    };
    return [...near, ...(await Promise.all(far)), ...(joint ? [joint] : [])];
  }

  /** Resolves when nothing is being written behind anybody's back. */
  async written(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing);
  }

  /** The check is this reader's own: it is sent after its read began. */
  #judge(tier: string, stored: Stored<Value>, now = this.#options.now()): Awaitable<Found<Value>> {
    if (stored.keptUntil <= now) return { missed: 'expired' };
    const verdict = this.authority.check(stored.token);
    if (verdict instanceof Promise) return verdict.then((said) => this.#judged(tier, stored, said, now));
    return this.#judged(tier, stored, verdict, now);
  }

  #judged(tier: string, stored: Stored<Value>, verdict: Verdict, now: number): Found<Value> {
    if (verdict === 'outdated') return { missed: verdict, outdated: stored.token };
    return verdict === 'current' ? this.#fresh(tier, stored, now) : { missed: verdict };
  }

  #fresh(tier: string, stored: Stored<Value>, now = this.#options.now()): Found<Value> {
    if (stored.expires > now) return { hit: { stored, tier } };
    return stored.keptUntil > now ? { missed: 'expired', expired: stored } : { missed: 'expired' };
  }

  /** What the joint tier answers, which is away when its authority is. */
  async #askJoint<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { breaker } = this.authority;
    if (!this.authority.mayAsk()) return undefined;
    const { recoveries } = breaker;
    try {
      const answer = await work(); // it bounds its own time
      breaker.succeeded();
      return answer;
    } catch (error) {
      breaker.failed(error, recoveries);
      return undefined;
    }
  }

  /** Holds nearer what another process loaded, and gives it as its guard says. */
  adopt(key: string, stored: Stored<Value>, guard: Guard): Stored<Value> {
    const shared = guardedAs(stored, guard);
    this.#holdNearer(this.#joint, key, shared);
    return shared;
  }

  /** Holds a hit nearer. What only its reader has needs no guard. */
  #promoted(from: Tier<Value>, key: string, found: Found<Value>, guard: Guard): Found<Value> {
    const { hit } = found;
    if (!hit || (from === this.#joint && !this.near && this.#far.length === 0)) return found;
    const stored = guardedAs(hit.stored, guard);
    this.#holdNearer(from, key, stored);
    return { ...found, hit: { ...hit, stored } };
  }

  #holdNearer(than: Tier<Value> | undefined, key: string, stored: Stored<Value>): void {
    this.near?.set(key, stored);
    for (const far of this.#far) {
      if (far.tier === than) return;
      if (this.#writing.size >= mostWritings) return;
      const writing = far.hold(key, stored).finally(() => this.#writing.delete(writing));
      this.#writing.add(writing);
    }
  }

  async #everywhere(work: (tier: Tier<Value>) => Awaitable<void>): Promise<void> {
    const joint = this.#joint;
    await Promise.all([
      ...this.#far.map((far) => far.change(work)),
      joint && this.#askJoint(async () => work(joint)),
    ]);
  }
}

const absent: Found<never> = { missed: 'absent' };

function isJoint<Value>(tier: Tier<Value>, authority: Authority): tier is JointTier<Value> {
  return 'look' in tier && 'authority' in tier && tier.authority === authority;
}
