import type { Awaitable } from '@vif/cache';
import { succeeds } from '../authority/succeeds.ts';
import type { Queryable } from '../connection/queryable.ts';
import { askTracking, vouchFor } from '../tracking/ask-tracking.ts';

export interface VouchingOptions {
  /** Makes the authority forget. */
  forget(this: void): Awaitable<void>;
  /** Told before, when tables, views or triggers are not what this process saw last. */
  onTracking(this: void): void;
  /** Milliseconds between two questions. */
  readonly every: number;
  clock(this: void): number;
}

/**
 * Sees to it that every write leaves its row, and that nothing counts which may have been written without. Whoever finds
 * triggers or tables other than they were makes the authority forget, for all.
 */
export class Vouching {
  readonly #options: VouchingOptions;
  #asked = -Infinity;
  /** What `vif_cache.tracking()` said when this process last saw it. */
  #seen: string | undefined;

  constructor(options: VouchingOptions) {
    this.#options = options;
  }

  /** Whether it was asked lately. */
  get isRecent(): boolean {
    return this.#options.clock() - this.#asked < this.#options.every;
  }

  /** What was asked on another connection is to be asked again. */
  again(): void {
    this.#asked = -Infinity;
  }

  /**
   * @param beforeForgetting called first when the authority is made to forget
   * @returns the tables whose writes leave no row; undefined when the authority could not be made to forget
   */
  async vouch(client: Queryable, beforeForgetting: () => void): Promise<readonly string[] | undefined> {
    const { clock, forget, onTracking } = this.#options;
    this.#asked = clock();
    const { tracking, vouched, untracked } = await askTracking(client);
    if (untracked.length > 0) {
      if (vouched !== '') await vouchFor(client, '');
      return untracked;
    }
    const before = this.#seen;
    this.#seen = tracking;
    if (before !== tracking) onTracking();
    // Else another process made it forget; but this one may have kept something since by what statements meant before.
    const isVouched = tracking === vouched && (before === undefined || before === tracking);
    if (isVouched) return [];
    beforeForgetting();
    if (!(await succeeds(forget))) {
      this.#seen = before;
      return undefined;
    }
    await vouchFor(client, tracking);
    return [];
  }
}
