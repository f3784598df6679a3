import { beforeEach, expect, it } from 'vitest';
import { Cache } from '../cache.ts';
import { LoadCycle } from './load-cycle.ts';

let cache: Cache;
beforeEach(() => {
  cache = new Cache();
});
const turn = () => new Promise(setImmediate);

it('a load that needs itself is an error and no deadlock', async () => {
  const load = async (): Promise<unknown> => cache.getOrSet('a', load);
  await expect(cache.getOrSet('a', load)).rejects.toThrow(LoadCycle);
  expect(await cache.getOrSet('a', () => 'a')).toBe('a');
});

it('neither are loads that need each other, within one read or between two, or two caches', async () => {
  const other = new Cache();
  const a = (): Promise<unknown> => cache.getOrSet('a', async () => (await turn(), b()));
  const b = (): Promise<unknown> => other.getOrSet('b', async () => (await turn(), a()));
  await expect(a()).rejects.toThrow(LoadCycle);
  const both = await Promise.allSettled([a(), b()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

it('loads that need the same are none', async () => {
  const shared = () => cache.getOrSet('shared', async () => (await turn(), 1));
  const sums = ['a', 'b'].map((key) =>
    cache.getOrSet(key, async () => {
      const parts = await Promise.all([shared(), shared()]);
      return parts.length + (await shared());
    }),
  );
  expect(await Promise.all(sums)).toEqual([3, 3]);
});

it('who reads in a context that a load left behind is free to', async () => {
  let leftBehind: (() => Promise<unknown>) | undefined;
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  await cache.getOrSet('a', () => {
    leftBehind = () => cache.getOrSet('a', () => 'again');
    void begun.then(() => leftBehind?.());
    return 'a';
  });
  await cache.delete('a');
  begin();
  await turn();
  expect(await cache.get('a')).toBe('again');
});

it('a load whose reader left early is no longer needed by it', async () => {
  const over = Promise.withResolvers<unknown>();
  const slow = () => cache.getOrSet('slow', () => over.promise, { hardTimeout: 100 });
  const outer = await cache.getOrSet('outer', async () => slow().catch(() => 'without'));
  expect(outer).toBe('without');
  over.resolve(cache.getOrSet('outer', () => 'anew'));
  expect(await cache.getOrSet('slow', () => 'never')).toBe('anew');
});
