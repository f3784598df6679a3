import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cache } from '../cache.ts';

const unhandled = vi.fn<() => void>();
let cache: Cache;
beforeEach(() => {
  cache = new Cache({ maxBytes: 1e6 });
  unhandled.mockClear();
  process.on('unhandledRejection', unhandled);
});
afterEach(async () => {
  await turn();
  process.off('unhandledRejection', unhandled);
  if (unhandled.mock.calls.length > 0) throw new Error('A rejection was not handled.');
});
const turn = () => new Promise(setImmediate);
/** What a promise rejects with, in a list, so that undefined can be told from nothing. */
const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: unknown) => [error],
  );

describe('a load', () => {
  it.each([undefined, null, 0, '', 'a text', new Error('an error')])(
    'may reject with %s, at once or later',
    async (thrown) => {
      const failing = () => {
        const { promise, reject } = Promise.withResolvers<never>();
        reject(thrown);
        return promise;
      };
      const later = async () => {
        await turn();
        return failing();
      };
      for (const load of [failing, later]) {
        const reads = [
          cache.getOrSet('a', load, { tags: [] }),
          cache.getOrSet('a', load),
          cache.getOrSet('a', load),
        ];
        expect(await Promise.all(reads.map(rejection))).toEqual([[thrown], [thrown], [thrown]]);
      }
      expect(await cache.getOrSet('a', () => 'well')).toBe('well');
    },
  );

  it('that fails when nobody waits any more is nobody’s error', async () => {
    const leaving = new AbortController();
    const failing = Promise.withResolvers<never>();
    const read = rejection(cache.getOrSet('a', () => failing.promise, { signal: leaving.signal }));
    const impatient = rejection(cache.getOrSet('b', () => failing.promise, { hardTimeout: 1 }));
    await turn();
    leaving.abort('gone');
    expect(await read).toEqual(['gone']);
    expect(await impatient).toMatchObject([{ name: 'LoadTimeout' }]);
    failing.reject(new Error('too late to matter'));
    await turn();
    expect(cache.counters.failed).toBe(2);
  });

  it.each(['tags', 'ttl', 'skipIf'] as const)('fails with what its option %s throws', async (option) => {
    const bad = new Error('a bad option');
    const throwing = () => {
      throw bad;
    };
    expect(await rejection(cache.getOrSet('a', () => 'a', { [option]: throwing }))).toEqual([bad]);
    expect(await rejection(cache.set('a', 'a', { [option]: throwing }))).toEqual([bad]);
    expect(cache.counters.entries).toBe(0);
  });
});
