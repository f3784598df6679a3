import { beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from './acknowledge.ts';
import type { Authority } from './authority.ts';
import { Cache } from './cache.ts';
import { MemoryAuthority } from './memory/memory-authority.ts';
import type { Namespace } from './namespace.ts';
import { dependencies } from './reading/asked.ts';
import { bypass } from './reading/bypass.ts';
import type { ReadOptions } from './reading/read-options.ts';

let authority: MemoryAuthority;
let reachable: boolean;
let clock: number;
let cache: Cache<string>;
let rows: Namespace<string>;
beforeEach(() => {
  authority = new MemoryAuthority();
  reachable = true;
  clock = 0;
  const sometimes: Authority = {
    position: () => (reachable ? authority.position() : undefined),
    check: (token) => (reachable ? authority.check(token) : 'unreachable'),
    bump: (tags) => authority.bump(tags),
  };
  cache = new Cache({ authority: sometimes, maxBytes: 1e6, now: () => clock });
  rows = cache.namespace('rows', { ttl: 1000 });
});

const get = (value: string, more: ReadOptions<string> = {}) =>
  rows.read('key', async () => value, { tags: ['row'], ...more });
const counters = () => rows.counters;

describe('a value', () => {
  it('is loaded once and then a hit until its time is over', async () => {
    const tags = ['row', 'everything', 'namespace rows', 'rows:key'];
    const more = { stored: true, tags };
    expect(await get('a')).toEqual({ value: 'a', from: 'load', reason: 'absent', ttl: 1000, ...more });
    clock = 999;
    const hit = await get('b');
    expect(hit).toEqual({ value: 'a', from: 'tier', tier: 'memory', ttl: 1, ...more });
    expect(dependencies(hit.tags)).toEqual(['row']);
    clock = 1000;
    expect(await get('c')).toMatchObject({ value: 'c', from: 'load', reason: 'expired' });
    expect(counters()).toMatchObject({ hits: 1, misses: { absent: 1, expired: 1 }, entries: 1 });
  });

  it('is loaded again when one of its tags was bumped, and not for another', async () => {
    await get('a');
    authority.bump(['other']);
    expect(await get('b')).toMatchObject({ value: 'a', from: 'tier' });
    authority.bump(['more', 'row']);
    expect(await get('b')).toMatchObject({ value: 'b', reason: 'outdated', stored: true });
    authority.forget();
    expect(await get('c')).toMatchObject({ value: 'c', reason: 'forgotten', stored: true });
  });

  it('that was written while it was loaded is given out and not kept', async () => {
    const outcome = await rows.read(
      'key',
      async () => {
        authority.bump(['row']);
        return 'a';
      },
      { tags: ['row'] },
    );
    expect(outcome).toMatchObject({ value: 'a', stored: false });
    expect(counters()).toMatchObject({ unstored: 1, entries: 0 });
  });

  it('without a time to live is shared by who waits and kept for nobody', async () => {
    const [first, second] = await Promise.all([get('a', { ttl: 0 }), get('b', { ttl: 0 })]);
    expect([first, second]).toMatchObject([
      { value: 'a', stored: false },
      { value: 'a', from: 'joined load', stored: false },
    ]);
    expect(await get('c')).toMatchObject({ value: 'c' });
  });

  it('falsy or empty is a value', async () => {
    await get('');
    expect(await get('x')).toMatchObject({ value: '', from: 'tier' });
  });
});

describe('a read within a write', () => {
  it('is nobody else’s, and not what was held before', async () => {
    await get('before');
    const rolledBack = acknowledge(authority, async () => {
      expect(await get('uncommitted')).toMatchObject({
        value: 'uncommitted',
        reason: 'bypassed',
        stored: false,
      });
      expect(await rows.get('key')).toBeUndefined();
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    expect(await get('after')).toMatchObject({ value: 'before', from: 'tier' });
  });

  it('neither joins a load under way nor lets others join its own', async () => {
    const gate = Promise.withResolvers<string>();
    const outside = rows.getOrSet('key', () => gate.promise, { tags: ['row'] });
    const inside = bypass(() => get('own'));
    expect(await inside).toMatchObject({ value: 'own', from: 'load' });
    gate.resolve('shared');
    expect(await outside).toBe('shared');
    expect(counters().misses).toMatchObject({ absent: 1, bypassed: 1 });
  });
});

describe('while the authority cannot be reached', () => {
  it('everybody loads for themselves, nothing is kept and nothing held is given out', async () => {
    await get('a');
    reachable = false;
    const [first, second] = await Promise.all([get('b'), get('c')]);
    expect([first, second]).toMatchObject([
      { value: 'b', reason: 'unreachable', stored: false },
      { value: 'c', reason: 'unreachable', stored: false },
    ]);
    reachable = true;
    expect(await get('d')).toMatchObject({ value: 'a', from: 'tier' });
  });

  it('nobody waits for another’s load', async () => {
    reachable = false;
    const second = Promise.withResolvers<void>();
    const first = rows.read(
      'key',
      async () => {
        await second.promise;
        return 'a';
      },
      { tags: ['row'] },
    );
    expect(await get('b')).toMatchObject({ value: 'b', stored: false });
    second.resolve();
    expect(await first).toMatchObject({ value: 'a' });
    expect(counters()).toMatchObject({ hits: 0, misses: { unreachable: 2 }, joined: 0 });
  });

  it('what was being loaded when it went is not kept', async () => {
    const outcome = await rows.read(
      'key',
      async () => {
        reachable = false;
        return 'a';
      },
      { tags: ['row'] },
    );
    expect(outcome).toMatchObject({ value: 'a', stored: false });
  });
});

describe('who comes while a load is under way', () => {
  it('waits for it, all of them', async () => {
    let loads = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 10_000 }, () =>
        rows.read('key', async () => `load ${++loads}`, { tags: ['row'] }),
      ),
    );
    expect(loads).toBe(1);
    expect(new Set(outcomes.map(({ value }) => value))).toEqual(new Set(['load 1']));
    expect(counters().joined).toBe(9999);
  });

  it('loads again together when it was overtaken by a write, and in the end alone', async () => {
    let loads = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () =>
        rows.read(
          'key',
          async () => {
            authority.bump(['row']);
            return `load ${++loads}`;
          },
          { tags: ['row'] },
        ),
      ),
    );
    // The first, the first of those who had joined it, and each of the eight that had joined both.
    expect(loads).toBe(10);
    expect(outcomes.every(({ stored }) => !stored)).toBe(true);
  });

  it('shares its error when that is as fresh as a value would be, and nobody later does', async () => {
    let loads = 0;
    const ask = (tags: string[] | undefined) =>
      rows.getOrSet(
        'key',
        async () => {
          loads++;
          throw new Error(`load ${loads}`);
        },
        tags && { tags },
      );
    const shared = await Promise.allSettled([ask(['row']), ask(['row']), ask(['row'])]);
    expect(shared.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(
      Array(3).fill('Error: load 1'),
    );
    await expect(ask(['row'])).rejects.toThrow('load 2');
    loads = 0;
    await Promise.allSettled([ask(undefined), ask(undefined)]);
    expect(loads).toBe(2);
  });
});
