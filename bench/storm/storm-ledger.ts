import { median } from '../report/median.ts';
import { noCounts, type StormCounts } from './storm-messages.ts';

/** Milliseconds that counts are summed over. */
const slot = 100;

/** A part of the storm: what was done to Redis, and when it was undone. */
interface Disturbance {
  readonly name: string;
  /** When it began and when Redis could be used again. */
  readonly from: number;
  readonly until: number;
}

/** What all processes did over time, and how soon they were themselves again behind each disturbance. */
export class StormLedger {
  readonly total = noCounts();
  readonly #hits: number[] = [];
  readonly #disturbances: Disturbance[] = [];
  readonly #began = performance.now();

  add(counts: StormCounts): void {
    for (const name of Object.keys(counts) as (keyof StormCounts)[]) this.total[name] += counts[name]; // its own keys
    const at = this.#slotOf(performance.now());
    this.#hits[at] = (this.#hits[at] ?? 0) + counts.hits;
  }

  /** @throws what disturbing throws */
  async disturb(name: string, work: () => Promise<void>): Promise<void> {
    const from = performance.now();
    await work();
    this.#disturbances.push({ name, from, until: performance.now() });
  }

  /** By name how often it was, and the longest time in milliseconds until half the hits of the second before were back. */
  recoveries(): Map<string, { times: number; longest: number }> {
    const found = new Map<string, { times: number; longest: number }>();
    for (const { name, from, until } of this.#disturbances) {
      const { times, longest } = found.get(name) ?? { times: 0, longest: 0 };
      found.set(name, { times: times + 1, longest: Math.max(longest, this.#recovery(from, until)) });
    }
    return found;
  }

  #recovery(from: number, until: number): number {
    const [begin, end] = [this.#slotOf(from), this.#slotOf(until)];
    const usual = median(this.#hits.slice(begin - 10, begin).map((hits) => hits ?? 0));
    const back = this.#hits.findIndex((hits, at) => at >= end && (hits ?? 0) >= usual / 2);
    return back < 0 ? Infinity : (back - end + 1) * slot;
  }

  #slotOf(time: number): number {
    return Math.floor((time - this.#began) / slot);
  }
}
