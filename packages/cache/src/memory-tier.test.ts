import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryTier, type Stored } from './memory-tier.ts';
import { Statistics } from './statistics.ts';

const stored = (value: string, bytes: number): Stored<string> => ({
  value,
  token: { epoch: '1', sequence: 1, tags: [] },
  namespace: value.length > 3 ? 'long' : 'short',
  expires: Infinity,
  bytes,
});

describe('the memory tier', () => {
  it('never holds more than it may, and counts what it holds, whatever is done to it', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'a rather long key, which takes its own part');
    const step = fc.oneof(
      fc.record({ do: fc.constant('set' as const), key, bytes: fc.nat({ max: 12_000 }) }),
      fc.record({ do: fc.constant('reweigh' as const), key, bytes: fc.nat({ max: 12_000 }) }),
      fc.record({ do: fc.constantFrom('get' as const, 'delete' as const), key }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const statistics = new Statistics();
        const tier = new MemoryTier<string>({ maxBytes: 20_000, onChange: statistics.holds });
        for (const one of steps) {
          if (one.do === 'set') tier.set(one.key, stored(one.key, one.bytes));
          else if (one.do === 'reweigh') tier.reweigh(one.key, one.key, one.bytes);
          else tier[one.do](one.key);
          const counted = [...statistics.namespaces()].map(([, counters]) => counters);
          expect(tier.bytes).toBeLessThanOrEqual(20_000);
          expect(counted.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(tier.bytes);
          expect(counted.reduce((sum, { entries }) => sum + entries, 0)).toBe(tier.entries);
        }
        for (const one of steps) tier.delete(one.key);
        expect([tier.bytes, tier.entries]).toEqual([0, 0]);
      }),
    );
  });

  it('lets the one used longest ago go first', () => {
    const tier = new MemoryTier<string>({ maxBytes: 40_000 });
    for (const key of ['a', 'b', 'c']) tier.set(key, stored(key, 10_000));
    tier.get('a');
    tier.set('d', stored('d', 10_000));
    expect(['a', 'b', 'c', 'd'].filter((key) => tier.get(key))).toEqual(['a', 'c', 'd']);
  });

  it('does not hold what alone is too much, nor what was there before it', () => {
    const tier = new MemoryTier<string>({ maxBytes: 5000 });
    tier.set('a', stored('a', 100));
    tier.set('a', stored('a', 5000));
    expect(tier.get('a')).toBeUndefined();
    const nothing = new MemoryTier<string>({ maxBytes: 0 });
    nothing.set('a', stored('a', 0));
    expect(nothing.entries).toBe(0);
  });
});
