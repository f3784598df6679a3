import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Statistics } from '../statistics/statistics.ts';
import type { Stored } from '../tier.ts';
import { MemoryTier } from './memory-tier.ts';

const stored = (value: string, bytes: number): Stored<string> => ({
  value,
  token: { epoch: '1', sequence: 1, tags: [] },
  namespace: value.length > 3 ? 'long' : 'short',
  storedAt: 0,
  expires: Infinity,
  keptUntil: Infinity,
  bytes,
});

const numbered = (name: string, many: number) => Array.from({ length: many }, (_, at) => `${name} ${at}`);

/** Those of the keys that the tier holds; each then counts as used. */
const held = (tier: MemoryTier<string>, keys: readonly string[]) => keys.filter((key) => tier.get(key));

/** Bytes in use on the heap, after a collection. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  // The flag makes `gc` a function of every new context.
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

describe('the memory tier', () => {
  it('never holds more than it may, and counts what it holds, whatever is done to it', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'a rather long key, which takes its own part');
    const value = fc.constantFrom('a', 'a value of another namespace');
    const step = fc.oneof(
      fc.record({ do: fc.constant('set' as const), key, value, bytes: fc.nat({ max: 12_000 }) }),
      fc.record({ do: fc.constant('reweigh' as const), key, value, bytes: fc.nat({ max: 12_000 }) }),
      fc.record({ do: fc.constantFrom('get' as const, 'delete' as const), key }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const statistics = new Statistics();
        const tier = new MemoryTier<string>({ maxBytes: 20_000, maxEntries: 4 });
        tier.countWith(statistics.holds);
        for (const one of steps) {
          if (one.do === 'set') tier.set(one.key, stored(one.value, one.bytes));
          else if (one.do === 'reweigh') tier.reweigh(one.key, one.value, one.bytes);
          else tier[one.do](one.key);
          const counted = [...statistics.namespaces()].map(([, counters]) => counters);
          expect(tier.bytes).toBeLessThanOrEqual(20_000);
          expect(tier.entries).toBeLessThanOrEqual(4);
          expect(counted.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(tier.bytes);
          expect(counted.reduce((sum, { entries }) => sum + entries, 0)).toBe(tier.entries);
        }
        for (const one of steps) tier.delete(one.key);
        expect([tier.bytes, tier.entries]).toEqual([0, 0]);
      }),
    );
  });

  it('lets go of what was not used again before what was', () => {
    const tier = new MemoryTier<string>({ maxBytes: 40_000 });
    for (const key of ['a', 'b', 'c']) tier.set(key, stored(key, 10_000));
    tier.get('a');
    tier.set('d', stored('d', 10_000));
    expect(held(tier, ['a', 'b', 'c', 'd'])).toEqual(['a', 'c', 'd']);
  });

  it('keeps what is used again while a scan of a hundred times its size passes', () => {
    const tier = new MemoryTier<string>({ maxBytes: 1e9, maxEntries: 100 });
    const used = numbered('used', 50);
    for (const key of used) tier.set(key, stored(key, 10));
    held(tier, used);
    for (const key of numbered('scanned', 10_000)) tier.set(key, stored(key, 10));
    expect(held(tier, used)).toEqual(used);
  });

  it('lets go of what was used once upon a time, when others are used now', () => {
    const tier = new MemoryTier<string>({ maxBytes: 1e9, maxEntries: 100 });
    const [before, now] = [numbered('before', 100), numbered('now', 100)];
    for (const key of before) tier.set(key, stored(key, 10));
    held(tier, before);
    tier.set('another', stored('another', 10)); // what was used goes over to the main queue, where it is used again
    held(tier, before);
    for (let round = 0; round < 20; round++) {
      for (const key of now) if (!tier.get(key)) tier.set(key, stored(key, 10));
    }
    expect(held(tier, now).length).toBeGreaterThan(90);
  });

  it('takes back what it let go not long ago to stay, and what it let go long ago as new', () => {
    const stays = (others: number) => {
      const tier = new MemoryTier<string>({ maxBytes: 1e6 }); // some 90 values of 10,000 bytes
      tier.set('a', stored('a', 10_000));
      for (const key of numbered('other', 100 + others)) tier.set(key, stored(key, 10_000));
      expect(tier.get('a')).toBeUndefined();
      tier.set('a', stored('a', 10_000));
      for (const key of numbered('scanned', 1000)) tier.set(key, stored(key, 10_000));
      return tier.get('a') !== undefined;
    };
    expect([stays(50), stays(1000)]).toEqual([true, false]);
  });

  it('holds a new value for a while in a full tier, so that it may be used', () => {
    const tier = new MemoryTier<string>({ maxBytes: 1e9, maxEntries: 100 });
    const used = numbered('used', 100);
    for (const key of used) tier.set(key, stored(key, 10));
    held(tier, used);
    for (const key of numbered('scanned', 100)) tier.set(key, stored(key, 10));
    const fresh = numbered('new', 10);
    for (const key of fresh) tier.set(key, stored(key, 10));
    expect(held(tier, fresh)).toEqual(fresh);
  });

  it('leaves room for what its ghosts take', () => {
    const tier = new MemoryTier<string>({ maxBytes: 1e6 });
    for (const key of numbered('scanned', 5000)) tier.set(key, stored(key, 0));
    // One more value of some 830 bytes would fit, were it not for the ghosts.
    expect(1e6 - tier.bytes).toBeGreaterThan(10_000);
  });

  it('holds a value larger than the small queue’s share, until others need the room', () => {
    const tier = new MemoryTier<string>({ maxBytes: 100_000 });
    tier.set('large', stored('large', 90_000));
    expect(held(tier, ['large'])).toEqual(['large']);
    tier.set('larger', stored('larger', 95_000));
    expect(held(tier, ['large', 'larger'])).toEqual(['larger']);
  });

  it('makes room for a value that grows, and does not let go of that one', () => {
    const tier = new MemoryTier<string>({ maxBytes: 40_000 });
    for (const key of ['a', 'b', 'c']) tier.set(key, stored(key, 10_000));
    tier.reweigh('a', 'a', 20_000);
    expect(held(tier, ['a', 'b', 'c'])).toEqual(['a', 'c']);
    tier.reweigh('c', 'another value', 1);
    tier.reweigh('a', 'a', 40_000);
    expect([held(tier, ['a', 'c']), tier.bytes]).toEqual([['c'], 10_802]);
  });

  it('keeps the standing of a key that gets another value', () => {
    const tier = new MemoryTier<string>({ maxBytes: 1e9, maxEntries: 10 });
    tier.set('a', stored('a', 10));
    tier.get('a');
    tier.set('a', stored('another', 20));
    for (const key of numbered('scanned', 100)) tier.set(key, stored(key, 10));
    expect(tier.get('a')?.value).toBe('another');
  });

  it('keeps nothing of what was deleted, however often', () => {
    const tier = new MemoryTier<string>({ maxBytes: 1e9 });
    const before = heap();
    for (let at = 0; at < 200_000; at++) {
      tier.set(`key ${at}`, stored('a', 10));
      tier.get(`key ${at}`);
      tier.delete(`key ${at}`);
    }
    // 200,000 entries that nobody holds any more take more than 20 MB.
    expect(heap() - before).toBeLessThan(5e6);
    expect([tier.bytes, tier.entries]).toEqual([0, 0]);
  });

  it('does not hold what alone is too much, nor what was there before it', () => {
    const tier = new MemoryTier<string>({ maxBytes: 5000 });
    tier.set('a', stored('a', 100));
    tier.set('a', stored('a', 5000));
    expect(tier.get('a')).toBeUndefined();
    const nothing = new MemoryTier<string>({ maxBytes: 0 });
    nothing.set('a', stored('a', 0));
    const none = new MemoryTier<string>({ maxBytes: 5000, maxEntries: 0 });
    none.set('a', stored('a', 0));
    expect([nothing.entries, none.entries]).toEqual([0, 0]);
  });
});
