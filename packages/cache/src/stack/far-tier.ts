import type { Awaitable } from '../authority.ts';
import { Breaker } from '../outages/breaker.ts';
import { within } from '../outages/within.ts';
import type { Stored, Tier } from '../tier.ts';

export interface FarTierOptions {
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** How long it may take over one answer, in milliseconds. */
  readonly timeout: number;
  /** Told once at each change, with the name of what is away or back. */
  readonly onReach: (part: string, state: 'away' | 'back', reason: unknown) => void;
}

/**
 * A tier beyond memory. While it is away it is as good as empty, and nobody waits for it longer than its time. One that can
 * be read and not written, as when a disk is full, is away for writing only.
 */
export class FarTier<Value> {
  readonly tier: Tier<Value>;
  readonly #timeout: number;
  readonly #reads: Breaker;
  readonly #writes: Breaker;
  /** Reads of its bytes under way, which all who want the key share; each then has what was found checked itself. */
  readonly #reading = new Map<string, Promise<Stored<Value> | undefined>>();

  constructor(tier: Tier<Value>, { clock, timeout, onReach }: FarTierOptions) {
    const breaker = (part: string) =>
      new Breaker({ clock, onChange: (state, reason) => onReach(part, state, reason) });
    this.tier = tier;
    this.#timeout = timeout;
    this.#reads = breaker(tier.name);
    this.#writes = breaker(`${tier.name} (writing)`);
  }

  get away(): boolean {
    return this.#reads.away;
  }

  read(key: string): Promise<Stored<Value> | undefined> {
    let reading = this.#reading.get(key);
    if (!reading) {
      reading = this.#ask(this.#reads, (tier) => tier.get(key)).finally(() => this.#reading.delete(key));
      this.#reading.set(key, reading);
    }
    return reading;
  }

  async hold(key: string, stored: Stored<Value>): Promise<void> {
    await this.change(async (tier) => {
      try {
        await tier.set(key, stored);
      } catch (error) {
        // A TypeError is the value's fault, which cannot be written, and not the tier's.
        if (!(error instanceof TypeError)) throw error;
      }
    });
  }

  /** Has it hold or let go of something, unless it is away. Never rejects. */
  async change(work: (tier: Tier<Value>) => Awaitable<void>): Promise<void> {
    if (!this.away) await this.#ask(this.#writes, work);
  }

  async #ask<T>(breaker: Breaker, work: (tier: Tier<Value>) => Awaitable<T>): Promise<T | undefined> {
    if (!breaker.mayTry()) return undefined;
    const { recoveries } = breaker;
    try {
      const asked = (async () => work(this.tier))(); // what throws at once rejects
      const answer = await within(asked, `${this.tier.name} tier`, this.#timeout);
      breaker.succeeded();
      return answer;
    } catch (error) {
      breaker.failed(error, recoveries);
      return undefined;
    }
  }
}
