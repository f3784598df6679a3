import { setInterval } from 'node:timers/promises';
import { type CacheStats, cacheStats } from '../vif/cache-stats.ts';
import type { Client } from '../vif/client.ts';
import { residentMemory } from '../vif/resident-memory.ts';

/** One look at a Vif under load. */
export interface Sample {
  readonly when: string;
  /** Reads answered so far. */
  readonly reads: number;
  /** Since the load began. */
  readonly seconds: number;
  /** Of the whole process, in bytes. */
  readonly resident: number;
  readonly stats: CacheStats;
}

/** Milliseconds between two looks. */
const interval = 1000;

/** Looks at a process and its cache, once or again and again; every look is kept. */
export class Watch {
  readonly samples: Sample[] = [];
  /** Counted up by whoever reads. */
  reads = 0;
  readonly #client: Client;
  readonly #pid: number;
  #began = performance.now();

  constructor(client: Client, pid: number) {
    this.#client = client;
    this.#pid = pid;
  }

  /** Looks now. */
  async look(when: string): Promise<void> {
    // First, as looking at the cache is a request too.
    const resident = await residentMemory(this.#pid);
    const stats = await cacheStats(this.#client);
    const seconds = (performance.now() - this.#began) / 1000;
    this.samples.push({ when, reads: this.reads, seconds, resident, stats });
  }

  /** Looks every second while `work` runs, and gives or throws what it does. */
  async during<T>(when: string, work: () => Promise<T>): Promise<T> {
    const over = new AbortController();
    this.#began = performance.now();
    const working = work().finally(() => over.abort());
    // A look that fails ends it at once: Vif is gone.
    await Promise.all([working, this.#lookUntil(over.signal, when)]);
    return working;
  }

  async #lookUntil(signal: AbortSignal, when: string): Promise<void> {
    for await (const _ of setInterval(interval)) {
      if (signal.aborted) return;
      await this.look(when);
    }
  }
}
