import { describe, expect, it } from 'vitest';
import { bucketBounds, Histogram } from './histogram.ts';

const bucketOf = (took: number) => {
  const histogram = new Histogram();
  histogram.observe(took);
  return histogram.counts.indexOf(1);
};

describe('a histogram', () => {
  it('counts what is as long as a bound in its bucket, and what is longer in the next', () => {
    for (const [at, bound] of bucketBounds.entries()) {
      expect([bound, bucketOf(bound)]).toEqual([bound, at]);
      expect([bound, bucketOf(1.5 * bound)]).toEqual([bound, at + 1]);
    }
  });

  it('counts nothing at all and less than nothing in the first bucket', () => {
    expect([0, -1, 0.0001].map(bucketOf)).toEqual([0, 0, 0]);
  });

  it.each([8400, 3_600_000, 4_294_968, 1e9, 1e13, Infinity])('counts %d ms in the last bucket', (took) => {
    expect(bucketOf(took)).toBe(bucketBounds.length);
  });

  it('sums up, and says within which bound a share stayed', () => {
    const histogram = new Histogram();
    expect(histogram.quantile(0.5)).toBe(0);
    for (let took = 1; took <= 100; took++) histogram.observe(took);
    expect([histogram.count, histogram.sum]).toEqual([100, 5050]);
    expect([0, 0.01, 0.5, 0.64, 0.65, 1].map((share) => histogram.quantile(share))).toEqual([
      0, 1.024, 65.536, 65.536, 65.536, 131.072,
    ]);
    histogram.observe(1e6);
    expect(histogram.quantile(1)).toBe(Infinity);
  });
});
