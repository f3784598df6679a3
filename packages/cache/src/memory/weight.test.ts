import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { weightOf } from './weight.ts';

/** Bytes in use, after a collection. */
function inUse(): number {
  setFlagsFromString('--expose-gc');
  // The flag makes `gc` a function of every new context.
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What the parsed copies of values take each: really, and as estimated. */
function weighed(make: (seed: number) => unknown, copies: number) {
  const texts = Array.from({ length: copies }, (_, at) => JSON.stringify(make(at)));
  const parsed = Array.from<unknown>({ length: copies }).fill(0);
  const before = inUse();
  for (const [at, text] of texts.entries()) parsed[at] = JSON.parse(text);
  const really = (inUse() - before) / texts.length; // which so are not collected meanwhile
  const estimated = parsed.reduce((sum: number, one) => sum + weightOf(one), 0) / copies;
  return { really, estimated };
}

const word = (seed: number, length: number) => (seed * 7919 + 1e9).toString(36).padEnd(length, 'x');
const person = (seed: number) => ({
  id: word(seed, 36),
  name: word(seed + 1, 12),
  email: word(seed + 2, 24),
  age: seed % 90,
  active: true,
  note: null,
});
const times = <T>(many: number, make: (at: number) => T) => Array.from({ length: many }, (_, at) => make(at));

describe('a weight', () => {
  it.each<[string, number, (seed: number) => unknown]>([
    ['a record', 5000, person],
    ['a page of records', 200, (seed) => times(50, (at) => person(seed * 50 + at))],
    [
      'nested records',
      3000,
      (seed) => ({ owner: person(seed), deals: [{ title: word(seed, 20), of: { a: {} } }] }),
    ],
    [
      'records by id',
      200,
      (seed) => Object.fromEntries(times(500, (at) => [word(seed * 500 + at, 36), { n: at }])),
    ],
    [
      'numbers by id',
      50,
      (seed) => Object.fromEntries(times(2000, (at) => [word(seed * 2000 + at, 12), at])),
    ],
    [
      'many columns',
      2000,
      (seed) => Object.fromEntries(times(60, (at) => [`column${at}`, word(seed * 100 + at, 12)])),
    ],
    ['whole numbers', 2000, () => times(200, (at) => at)],
    ['fractions', 2000, () => times(200, (at) => at / 7)],
    ['places', 500, () => times(50, (at) => ({ lat: at / 7, lng: at / 3 }))],
    ['a long text', 2000, (seed) => word(seed, 1000)],
    ['a long text with accents', 2000, (seed) => `œ${word(seed, 1000)}`],
  ])('of %s is within a factor of two of what it takes', (_, copies, make) => {
    const { really, estimated } = weighed(make, copies);
    expect(estimated / really).toBeGreaterThan(0.5);
    expect(estimated / really).toBeLessThan(2.05);
  });

  it('of a value of more objects than are looked into is taken from those that are', () => {
    const { really, estimated } = weighed(
      (seed) => times(40_000, (at) => ({ id: word(seed * 40_000 + at, 12), at })),
      2,
    );
    expect(estimated / really).toBeGreaterThan(0.5);
    expect(estimated / really).toBeLessThan(2.05);
  });

  it('of binary, Map, Set and bigint counts what they hold', () => {
    expect(weightOf(new Uint8Array(1000))).toBeGreaterThan(1000);
    expect(weightOf(new ArrayBuffer(1000))).toBeGreaterThan(1000);
    expect(weightOf(new Map([['a', 'b'.repeat(500)]]))).toBeGreaterThan(1000);
    expect(weightOf(new Set(['b'.repeat(500)]))).toBeGreaterThan(1000);
    expect(weightOf(1n)).toBe(24);
  });

  it('counts what is shared or cyclic once', () => {
    const part = { text: 'x'.repeat(1000) };
    const cyclic: { part: object; self?: unknown } = { part };
    cyclic.self = cyclic;
    expect(weightOf(cyclic)).toBeLessThan(1.2 * weightOf({ part }));
    expect(weightOf([part, part, part])).toBeLessThan(1.2 * weightOf([part]));
  });

  it('of undefined, null, numbers and functions is next to nothing', () => {
    for (const nothing of [undefined, null, 0, NaN, true, Symbol('s'), () => 0])
      expect(weightOf(nothing)).toBe(0);
  });
});
