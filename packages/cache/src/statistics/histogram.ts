/** Upper bounds of the buckets, in milliseconds: 1 µs, doubled up to about 8 s. What takes longer is in the last, unbounded one. */
export const bucketBounds: readonly number[] = Array.from({ length: 24 }, (_, at) => 2 ** at / 1000);

/** How long something took, counted in buckets that each are twice as wide as the one before. */
export class Histogram {
  /** How many were as long as each bucket says and longer than the one before says; one more than there are bounds. */
  readonly counts = new Uint32Array(bucketBounds.length + 1);
  /** Milliseconds, all together. */
  sum = 0;

  /** @param took milliseconds */
  observe(took: number): void {
    this.sum += took;
    const whole = Math.ceil(took * 1000) - 1; // microseconds above the first bound
    const last = bucketBounds.length;
    const at = whole < 1 ? 0 : whole >= 2 ** last ? last : 32 - Math.clz32(whole); // which sees 32 bits only
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }

  get count(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * The bound, in milliseconds, that a share of all stayed within; 0 when there was none, Infinity above the last bound.
   * @example latency.quantile(0.95) // 2.048: 95 % took less than that
   */
  quantile(share: number): number {
    const wanted = this.count * share;
    if (wanted === 0) return 0;
    let sum = 0;
    for (const [at, count] of this.counts.entries()) {
      sum += count;
      if (sum >= wanted) return bucketBounds[at] ?? Infinity;
    }
    return Infinity;
  }
}
