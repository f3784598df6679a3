import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from './acknowledge.ts';
import { Cache } from './cache.ts';
import { MemoryAuthority } from './memory/memory-authority.ts';
import { bypass } from './reading/bypass.ts';

let authority: MemoryAuthority;
let cache: Cache;
beforeEach(() => {
  authority = new MemoryAuthority();
  cache = new Cache({ authority, maxBytes: 1e6 });
});

/** Text of what keys are made of, and of what would be mistaken for it. */
const text = fc.string({
  unit: fc.constantFrom('a', ':', '@', '%', '*', '?', '3', 'A', '/', '\\', '\ud800', '\0', 'é'),
  maxLength: 5,
});
const place = fc.record({ name: text, scope: fc.option(text, { nil: undefined }), key: text });
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;
const at = ({ name, scope }: Place) =>
  cache.namespace(name, scope === undefined ? {} : { scope: () => scope });

describe('keys', () => {
  it('are the same only for the same namespace, scope and key', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const same = one.name === other.name && one.scope === other.scope && one.key === other.key;
        const [first, second] = [await at(one).explain(one.key), await at(other).explain(other.key)];
        expect(first.key === second.key).toBe(same);
        await at(one).set(one.key, 'a');
        await at(other).delete(other.key);
        expect(await at(one).get(one.key)).toBe(same ? undefined : 'a');
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', '__proto__', 'constructor', 'x'.repeat(5000), '\ud800', '\udc00\0', '%', '*'])(
    'may be any text: %j',
    async (key) => {
      expect(await cache.getOrSet(key, () => 'a')).toBe('a');
      expect(await cache.getOrSet(key, () => 'b')).toBe('a');
      expect([...(await cache.getMany([key]))]).toEqual([[key, 'a']]);
      await cache.delete(key);
      expect(await cache.get(key)).toBeUndefined();
    },
  );

  it.each([undefined, null, 1, {}, Symbol('s')])('are refused when they are no text: %s', async (key) => {
    const untyped = key as string; // as a program without types would
    await expect(cache.getOrSet(untyped, () => 'a')).rejects.toThrow('A key is a text');
    await expect(cache.set(untyped, 'a')).rejects.toThrow(TypeError);
    await expect(cache.explain(untyped)).rejects.toThrow(TypeError);
  });
});

describe('a scope', () => {
  const tenant = new AsyncLocalStorage<string>();

  it('is told from the context of each read', async () => {
    const orders = cache.namespace('orders', { scope: () => tenant.getStore() ?? 'nobody' });
    const ask = () => orders.getOrSet('1', () => `of ${tenant.getStore()}`);
    expect(await tenant.run('acme', ask)).toBe('of acme');
    expect(await tenant.run('umbrella', ask)).toBe('of umbrella');
    expect(await tenant.run('acme', ask)).toBe('of acme');
    expect(await tenant.run('acme', () => orders.get('1'))).toBe('of acme');
    await tenant.run('acme', () => orders.delete('1'));
    expect(await tenant.run('acme', () => orders.get('1'))).toBeUndefined();
    expect(await tenant.run('umbrella', () => orders.get('1'))).toBe('of umbrella');
  });

  it('that there is none of is an error, and not one that all share', async () => {
    const scope = () => tenant.getStore() as string; // as somebody would who is sure of it
    const orders = cache.namespace('orders', { scope });
    for (const use of [() => orders.get('1'), () => orders.read('1', () => 1), () => orders.set('1', 1)])
      await expect(use()).rejects.toThrow('The scope is undefined');
  });

  it('that throws rejects', async () => {
    const scope = () => {
      throw new Error('no request');
    };
    const orders = cache.namespace('orders', { scope });
    await expect(orders.read('1', () => 1)).rejects.toThrow('no request');
    await expect(orders.explain('1')).rejects.toThrow('no request');
  });
});

describe('a wrapped function', () => {
  it('answers from the cache for equal arguments, whether it is sync or async', async () => {
    let calls = 0;
    const sync = cache.wrap('sync', (a: number, b: object) => [a, b, ++calls]);
    const late = cache.wrap('async', async (a: number, b: object) => [a, b, ++calls]);
    expect(await sync(1, { x: 1, y: 2 })).toEqual([1, { x: 1, y: 2 }, 1]);
    expect(await sync(1, { y: 2, x: 1 })).toEqual([1, { x: 1, y: 2 }, 1]);
    expect(await late(1, { x: 1, y: 2 })).toEqual([1, { x: 1, y: 2 }, 2]);
    expect(await sync(2, {})).toEqual([2, {}, 3]);
  });

  it('depends on what its key says', async () => {
    const route = cache.wrap('route', (request: { path: string; id: number }) => request.id, {
      key: ({ path }) => path,
    });
    expect([await route({ path: '/', id: 1 }), await route({ path: '/', id: 2 })]).toEqual([1, 1]);
    expect(await route({ path: '/a', id: 3 })).toBe(3);
  });

  it('rejects with what it throws, or what its key throws', async () => {
    const failing = cache.wrap('failing', () => {
      throw new Error('mine');
    });
    await expect(failing()).rejects.toThrow('mine');
    const unkeyed = cache.wrap('unkeyed', (of: object) => of);
    await expect(unkeyed(new URL('https://a.example'))).rejects.toThrow('class URL');
  });

  it('is another in another namespace or of another name', async () => {
    const names = ['a', 'a:', 'a:[1]', ''];
    const all = names.flatMap((name) =>
      [cache, cache.namespace('n')].map((one) => one.wrap(name, () => ++calls)),
    );
    let calls = 0;
    for (const one of all) await one();
    expect(calls).toBe(8);
  });
});

describe('by hand', () => {
  it('many keys are told apart from nothing, also where undefined is held', async () => {
    await cache.setMany([
      ['a', undefined],
      ['b', null],
      ['c', 0],
    ]);
    expect([...(await cache.getMany(['a', 'b', 'c', 'd', 'a']))]).toEqual([
      ['a', undefined],
      ['b', null],
      ['c', 0],
    ]);
    expect(await cache.get('d')).toBeUndefined();
    await cache.deleteMany(['a', 'c']);
    expect([...(await cache.getMany(['a', 'b', 'c'])).keys()]).toEqual(['b']);
  });

  it('of a key that is set twice at once the last value holds', async () => {
    await cache.setMany([
      ['a', 1],
      ['a', 2],
    ]);
    expect(await cache.get('a')).toBe(2);
  });

  it('many keys are set in parts, each as of a bump of its own', async () => {
    const sizes: number[] = [];
    const counting = new Cache({
      maxBytes: 1e7,
      authority: {
        position: () => authority.position(),
        check: (token) => authority.check(token),
        bump: (tags) => {
          sizes.push([...tags].length);
          return authority.bump(tags);
        },
      },
    });
    await counting.setMany(Array.from({ length: 2500 }, (_, n) => [`k${n}`, n] as const));
    expect(sizes).toEqual([1000, 1000, 500]);
    for (const n of [0, 999, 1000, 2499]) expect(await counting.get(`k${n}`)).toBe(n);
  });

  it('no keys bump nothing', async () => {
    const before = authority.position();
    await cache.setMany([]);
    await cache.deleteMany([]);
    expect(authority.position()).toEqual(before);
  });

  it.each<[string, () => Promise<void>, unknown]>([
    ['set', () => cache.set('a', 'set'), 'set'],
    ['setMany', () => cache.setMany([['a', 'set']]), 'set'],
    ['delete', () => cache.delete('a'), undefined],
  ])('%s wins over a load that began before', async (_, change, then) => {
    const over = Promise.withResolvers<string>();
    const loading = cache.read('a', () => over.promise);
    const joined = cache.read('a', () => 'loaded later');
    await Promise.resolve();
    await change();
    over.resolve('old');
    expect(await loading).toMatchObject({ value: 'old', stored: false });
    expect((await joined).value).toBe(then ?? 'loaded later');
    expect(await cache.get('a')).toBe(then ?? 'loaded later');
  });

  it('the later of two sets holds, in both caches of an authority', async () => {
    const other = new Cache({ authority, maxBytes: 1e6 });
    await cache.set('a', 1);
    await other.set('a', 2);
    expect([await cache.get('a'), await other.get('a')]).toEqual([undefined, 2]);
    await cache.set('a', 3);
    expect([await cache.get('a'), await other.get('a')]).toEqual([3, undefined]);
  });

  it('a value that is set carries its tags and options', async () => {
    await cache.set('a', 1, { tags: ['row'], ttl: 1000 });
    await cache.set('b', 1, { tags: (value) => [`row ${String(value)}`] });
    await cache.set('c', 1, { ttl: 0 });
    await cache.set('d', 1, { skipIf: () => true });
    expect([...(await cache.getMany(['a', 'b', 'c', 'd'])).keys()]).toEqual(['a', 'b']);
    authority.bump(['row', 'row 1']);
    expect((await cache.getMany(['a', 'b'])).size).toBe(0);
  });

  it('what is set within a write that may be undone is not held, and what was held is gone', async () => {
    await cache.set('a', 1);
    await bypass(() => cache.set('a', 2));
    expect(await cache.get('a')).toBeUndefined();
    await acknowledge(authority, async () => {
      await cache.set('a', 3);
      return { answer: 0, changed: [] };
    });
    expect(await cache.get('a')).toBeUndefined();
  });

  it('what is bumped as one text is that tag and not its letters', async () => {
    await cache.set('a', 1, { tags: ['row'] });
    await acknowledge(authority, async () => ({ answer: 0, changed: 'row' }));
    expect(await cache.get('a')).toBeUndefined();
  });
});
