import { Keyv, type KeyvOptions } from 'keyv';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cache } from '../cache.ts';
import type { Namespace } from '../namespace.ts';
import { KeyvStore } from './keyv-store.ts';

/** A Keyv whose errors are this test's. */
function keyvOf(of: Namespace, options: KeyvOptions = {}): { keyv: Keyv; errors: unknown[] } {
  const keyv = new Keyv({ store: new KeyvStore(of), ...options });
  const errors: unknown[] = [];
  keyv.on('error', (error: unknown) => void errors.push(error));
  return { keyv, errors };
}

afterEach(() => vi.useRealTimers());

/** What `@keyv/test-suite` asks of a store, written anew: its last release is for Keyv 5 and brings a database driver to compile. */
describe('a Keyv in a cache', () => {
  it('is taken as a store of Keyv 6, as it is', () => {
    const store = new KeyvStore(new Cache());
    expect(store.capabilities).toMatchObject({ compatible: true, store: 'keyvStorage', expires: true });
    expect(new Keyv({ store }).store).toBe(store);
  });

  it('sets, gets, has and deletes', async () => {
    const { keyv, errors } = keyvOf(new Cache());
    expect(await keyv.get('foo')).toBeUndefined();
    expect(await keyv.has('foo')).toBe(false);
    expect(await keyv.set('foo', 'bar')).toBe(true);
    expect(await keyv.get('foo')).toBe('bar');
    expect(await keyv.has('foo')).toBe(true);
    expect(await keyv.delete('foo')).toBe(true);
    expect(await keyv.delete('foo')).toBe(false);
    expect(await keyv.get('foo')).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it('does the same with many, in their order', async () => {
    const { keyv } = keyvOf(new Cache());
    expect(await keyv.get(['a', 'b'])).toEqual([undefined, undefined]);
    const entries = [
      { key: 'a', value: 1, ttl: 60_000 },
      { key: 'b', value: 2 },
      { key: 'a', value: 3 },
    ];
    expect(await keyv.setMany(entries)).toEqual([true, true, true]);
    expect(await keyv.get(['b', 'none', 'a'])).toEqual([2, undefined, 3]);
    expect(await keyv.has(['b', 'none', 'a'])).toEqual([true, false, true]);
    expect(await keyv.delete(['a', 'none', 'b'])).toEqual([true, false, true]);
    expect(await keyv.get(['a', 'b'])).toEqual([undefined, undefined]);
  });

  it('lets a value expire when its time is over, and keep it for ever without one', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const checkExpired of [true, false]) {
      const { keyv } = keyvOf(new Cache(), { checkExpired });
      await keyv.set('foo', 'bar', 1000);
      await keyv.set('ever', 'bar');
      await keyv.setMany([{ key: 'many', value: 'bar', ttl: 1000 }]);
      vi.setSystemTime(Date.now() + 999);
      expect(await keyv.get(['foo', 'ever', 'many'])).toEqual(['bar', 'bar', 'bar']);
      vi.setSystemTime(Date.now() + 1);
      expect(await keyv.get(['foo', 'ever', 'many'])).toEqual([undefined, 'bar', undefined]);
      expect(await keyv.has(['foo', 'ever'])).toEqual([false, true]);
      vi.setSystemTime(Date.now() + 10 * 365 * 86_400_000);
      expect(await keyv.get('ever')).toBe('bar');
    }
  });

  it('deletes what was there when it is set with a time that is over', async () => {
    const store = new KeyvStore(new Cache());
    await store.set('k', 'old');
    await store.set('k', 'new', Date.now() - 1);
    expect(await store.get('k')).toBeUndefined();
  });

  it.each([
    false,
    null,
    0,
    '',
    '"',
    "''",
    { fizz: 'buzz' },
    { buff: Buffer.from('buzz') },
    Buffer.from('bar'),
    { list: [1, null] },
  ])('gives back %j', async (value) => {
    const { keyv } = keyvOf(new Cache());
    await keyv.set("the key's", value);
    expect(await keyv.get("the key's")).toEqual(value);
    expect(await keyv.has("the key's")).toBe(true);
  });

  it('takes values as they are where Keyv does not serialise them', async () => {
    const { keyv } = keyvOf(new Cache(), { serialization: false });
    const value = { when: new Date(0), big: 9_223_372_036_854_775_807n, not: undefined };
    await keyv.set('k', value, 60_000);
    expect(await keyv.get('k')).toStrictEqual(value);
  });

  it('keeps namespaces apart, whose clear lets the others and the cache be', async () => {
    const cache = new Cache();
    await cache.set('foo', 'of the cache');
    const [one, two, none] = [
      keyvOf(cache, { namespace: 'keyv1' }).keyv,
      keyvOf(cache, { namespace: 'keyv12' }).keyv,
      keyvOf(cache).keyv,
    ];
    for (const keyv of [one, two, none]) await keyv.set('foo', keyv.namespace ?? 'none');
    expect(await Promise.all([one, two, none].map((keyv) => keyv.get('foo')))).toEqual([
      'keyv1',
      'keyv12',
      'none',
    ]);
    expect(await one.delete('foo')).toBe(true);
    expect(await two.get('foo')).toBe('keyv12');
    await one.set('foo', 'again');
    await one.clear();
    await none.clear();
    expect(await Promise.all([one, two, none].map((keyv) => keyv.get('foo')))).toEqual([
      undefined,
      'keyv12',
      undefined,
    ]);
    expect(await cache.get('foo')).toBe('of the cache');
    expect(cache.statistics.of('keyv(keyv12)').hits).toBeGreaterThan(0);
  });

  it('lies in a namespace that it is given, and clears it only as a whole', async () => {
    const cache = new Cache();
    const orders = cache.namespace('orders');
    const { keyv } = keyvOf(orders);
    const { keyv: part, errors } = keyvOf(orders, { namespace: 'part' });
    await keyv.set('k', 'whole');
    await part.set('k', 'part');
    expect(await Promise.all([keyv.get('k'), part.get('k')])).toEqual(['whole', 'part']);
    await part.clear();
    expect(errors.map(String)).toEqual([expect.stringContaining('cleared as a whole only')]);
    expect(await Promise.all([keyv.get('k'), part.get('k')])).toEqual(['whole', 'part']);
    await keyv.clear();
    expect(await Promise.all([keyv.get('k'), part.get('k')])).toEqual([undefined, undefined]);
  });

  it('invalidates what is being loaded and what other processes hold', async () => {
    const cache = new Cache();
    const other = new Cache({ authority: cache.authority });
    const [{ keyv }, { keyv: theirs }] = [keyvOf(cache), keyvOf(other)];
    await theirs.set('k', 'old');
    await keyv.set('k', 'new');
    expect(await theirs.get('k')).toBeUndefined();
  });

  it('tells Keyv that a write failed when the authority cannot be told', async () => {
    const away = {
      position: () => undefined,
      check: () => 'unreachable' as const,
      bump: () => Promise.reject(new Error('away')),
    };
    const { keyv, errors } = keyvOf(new Cache({ authority: away }));
    expect(await keyv.set('k', 'v')).toBe(false);
    expect(await keyv.delete('k')).toBe(false);
    expect(await keyv.setMany([{ key: 'k', value: 'v' }])).toEqual([false]);
    expect(await keyv.get('k')).toBeUndefined();
    expect(errors).toHaveLength(3);
  });
});
