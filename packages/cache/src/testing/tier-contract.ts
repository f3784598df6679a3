import { describe, expect, it } from 'vitest';

import type { Tier } from '../tier.ts';
import { storedOf as stored } from './stored-of.ts';

interface OpenedTier {
  readonly tier: Tier<unknown>;
  close(this: void): Promise<void>;
}

/** Gives a fresh, empty tier that holds `maxBytes`, or no single value that is larger where it is not bounded. */
export type OpenTier = (maxBytes: number) => Promise<OpenedTier>;

/** What not every tier is. */
export interface TierTraits {
  /** Whether it bounds what it holds itself; false where the server behind it does. */
  readonly bounded?: boolean;
}

/** Keys that a file's name, a pattern or a careless hash would take for each other, or for something else. */
const oddKeys = [
  '',
  ' ',
  'a',
  'A',
  'é',
  'e\u0301',
  '../../etc/passwd',
  'a/b',
  'a\\b',
  'a:b',
  'a*',
  'a?',
  '[a]',
  'con',
  '\u0000',
  'a\u0000b',
  '\uD800',
  '{slot}',
  'key\r\nSET x 1',
  'k'.repeat(5000),
  `${'k'.repeat(5000)}2`,
];

const values: readonly unknown[] = [
  undefined,
  null,
  false,
  0,
  -0,
  NaN,
  '',
  'é\uD800',
  12n,
  new Date(0),
  [1, [2]],
  { a: { b: undefined } },
  new Map([[{ k: 1 }, new Set(['v'])]]),
  Buffer.from([0, 255]),
  new Uint16Array([1, 65_535]),
];

/**
 * What every tier must hold, for a test file to call at its top.
 * @example tierContract('the memory tier', async (maxBytes) => ({ tier: new MemoryTier({ maxBytes }), close }));
 */
export function tierContract(name: string, open: OpenTier, { bounded = true }: TierTraits = {}): void {
  const withTier = async (maxBytes: number, work: (tier: Tier<unknown>) => Promise<void>) => {
    const { tier, close } = await open(maxBytes);
    try {
      await work(tier);
    } finally {
      await close();
    }
  };
  describe(`${name} keeps the contract of tiers`, () => {
    it('gives back exactly what was set, and undefined told from nothing', () =>
      withTier(1e6, async (tier) => {
        for (const [at, value] of values.entries()) await tier.set(`v${at}`, stored(value));
        for (const [at, value] of values.entries()) {
          const found = await tier.get(`v${at}`);
          expect(found?.value).toStrictEqual(value);
          expect(found?.token).toStrictEqual(stored(value).token);
          expect(found?.namespace).toBe('ns');
          expect(found?.keptUntil).toBeGreaterThan(Date.now() + 3_600_000);
        }
        expect(await tier.get('nothing')).toBeUndefined();
      }));

    it('never takes one key for another', () =>
      withTier(1e7, async (tier) => {
        for (const key of oddKeys) expect(await tier.get(key)).toBeUndefined();
        for (const key of oddKeys) await tier.set(key, stored(`value of ${key}`));
        for (const key of oddKeys) expect((await tier.get(key))?.value).toBe(`value of ${key}`);
        await tier.delete('a');
        for (const key of oddKeys) expect((await tier.get(key)) === undefined).toBe(key === 'a');
      }));

    it('replaces and deletes, and deletes what is not there', () =>
      withTier(1e6, async (tier) => {
        await tier.set('k', stored('one'));
        await tier.set('k', stored('two'));
        expect((await tier.get('k'))?.value).toBe('two');
        await tier.delete('k');
        await tier.delete('k');
        expect(await tier.get('k')).toBeUndefined();
      }));

    it('is empty when all of it was cleared', () =>
      withTier(1e6, async (tier) => {
        for (const key of ['a:1', 'a:2', 'b']) await tier.set(key, stored(key));
        await tier.clear('a:');
        expect((await tier.get('b'))?.value).toBe('b');
        await tier.clear('');
        for (const key of ['a:1', 'a:2', 'b']) expect(await tier.get(key)).toBeUndefined();
      }));

    // What another server bounds is not a tier's own to hold.
    const itBounded = bounded ? it : () => undefined;
    itBounded('holds no more than it may, and still the last', () =>
      withTier(50_000, async (tier) => {
        for (let at = 0; at < 40; at++) await tier.set(`k${at}`, stored(Buffer.alloc(5000, at), 5000));
        const held = await Promise.all(Array.from({ length: 40 }, async (_, at) => tier.get(`k${at}`)));
        const count = held.filter((one) => one !== undefined).length;
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(10);
      }),
    );

    it('does not hold what alone is too much, nor what was there before it', () =>
      withTier(20_000, async (tier) => {
        await tier.set('k', stored('small'));
        await tier.set('k', stored(Buffer.alloc(30_000), 30_000));
        expect(await tier.get('k')).toBeUndefined();
      }));

    it('gives the old value or the new one while it is replaced', () =>
      withTier(1e7, async (tier) => {
        const value = (at: number) => Buffer.alloc(20_000, at);
        await tier.set('k', stored(value(0), 20_000));
        const writes = async () => {
          for (let at = 1; at < 60; at++) await tier.set('k', stored(value(at), 20_000));
        };
        const reads = async () => {
          for (let at = 0; at < 200; at++) {
            const { value: found } = (await tier.get('k')) ?? {};
            expect(Buffer.isBuffer(found) ? new Set(found).size : 1).toBe(1);
          }
        };
        await Promise.all([writes(), writes(), reads(), reads()]);
        expect(await tier.get('k')).toBeDefined();
      }));
  });
}
