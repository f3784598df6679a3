import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cache } from '../cache.ts';
import { FilesystemTier } from '../filesystem/index.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import type { Guard } from '../values/guarded.ts';
import type { ReadOptions } from './read-options.ts';

type Value = { names: string[]; day?: Date };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vif-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A cache whose second look finds what the first one left in a file only. */
async function restarted(authority: MemoryAuthority, now: () => number) {
  const tier = await FilesystemTier.open<Value>({ folder, maxBytes: 1e6, now });
  return new Cache<Value>({ authority, tiers: [new MemoryTier({ maxBytes: 1e6 }), tier], now });
}

/** Each way to come by a value, twice, each with what the cache gave. */
async function everyWay(value: Value, options: ReadOptions<Value>): Promise<Record<string, Value[]>> {
  const authority = new MemoryAuthority();
  let now = 0;
  const all = { ttl: 1000, grace: 1000, ...options };
  const cache = await restarted(authority, () => now);
  const ask = async (of: Cache<Value>) => (await of.read('key', async () => value, all)).value;
  const failing = async (of: Cache<Value>) =>
    (await of.read('key', () => Promise.reject(new Error('down')), { ...all, tags: [] })).value;
  const [loaded, joined, joinedToo] = await Promise.all([ask(cache), ask(cache), ask(cache)]);
  const hits = [await ask(cache), await ask(cache)];
  await cache.written();
  const another = await restarted(authority, () => now);
  const fromFile = await Promise.all([ask(another), ask(another)]);
  const promoted = [await ask(another), await ask(another)];
  const gotFrom = await restarted(authority, () => now);
  const got = await Promise.all([
    gotFrom.namespace('', all).get<Value>('key'),
    gotFrom.namespace('', all).get<Value>('key'),
  ]);
  now = 1000;
  const expired = [await failing(cache), await failing(cache)];
  const expiredInFile = await Promise.all(
    [0, 1].map(async () => failing(await restarted(authority, () => now))),
  );
  const shared = await restarted(authority, () => now);
  const expiredShared = await Promise.all([failing(shared), failing(shared)]);
  const given = {
    load: [loaded],
    joined: [joined, joinedToo],
    hits,
    fromFile,
    promoted,
    expired,
    expiredInFile,
    expiredShared,
  };
  const found = got.filter((one) => one !== undefined);
  expect(found).toHaveLength(got.length);
  return { ...given, got: found };
}

const make = (): Value => ({ names: ['Marie'] });

describe.each<[string, ReadOptions<Value>]>([
  ['stored', {}],
  ['that is kept for nobody', { ttl: 0 }],
])('a value %s', (_, options) => {
  const run = async (guard: Guard, value: Value): Promise<Record<string, Value[]>> => {
    if (options.ttl !== 0) return everyWay(value, { guard });
    const cache = new Cache<Value>();
    const ask = async () => (await cache.read('key', async () => value, { guard, ...options })).value;
    const [loaded, ...joined] = await Promise.all([ask(), ask(), ask()]);
    return { load: [loaded], joined };
  };

  it('is frozen for everybody, and the same for those who share it', async () => {
    const given = await run('freeze', make());
    for (const [way, values] of Object.entries(given)) {
      expect([way, values?.map((one) => Object.isFrozen(one) && Object.isFrozen(one.names))]).toEqual([
        way,
        values?.map(() => true),
      ]);
      expect(() => values?.[0]?.names.push('Paul')).toThrow(TypeError);
    }
  });

  it.each<[Guard, Value]>([
    ['copy', make()],
    ['freeze', { ...make(), day: new Date(0) }], // which cannot be frozen
  ])('is a copy of everybody’s own (%s)', async (guard, value) => {
    const given = await run(guard, value);
    const all = Object.values(given).flatMap((values) => values ?? []);
    expect(new Set(all).size).toBe(all.length);
    for (const one of all) {
      expect(one).toEqual(value);
      one.names.push('Paul');
    }
    expect(value.names).toEqual(['Marie']);
  });

  it('is handed out as it is where that is asked for', async () => {
    const value = make();
    const given = await run('as is', value);
    expect([given.load, given.joined]).toEqual([[value], [value, value]]);
    expect(given.load?.[0]).toBe(value);
    expect(Object.isFrozen(value)).toBe(false);
  });
});

it('a value that cannot be guarded is given out and not held, and an event says why', async () => {
  const cache = new Cache();
  const told: unknown[] = [];
  cache.events.on('unstored', ({ key, why, error }) => told.push([key, why, String(error).slice(0, 9)]));
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const throwing = {
    get name(): string {
      throw new Error('never read me');
    },
  };
  class Order {
    readonly lines = [];
  }
  const unfit = [() => 1, Symbol('s'), new Order(), throwing, new Proxy({}, {}), Math.max, new WeakMap()];
  for (const [at, value] of unfit.entries()) {
    const outcome = await cache.read(`${at}`, () => value);
    expect([outcome.value === value, outcome.stored, outcome.ttl]).toEqual([true, false, 0]);
    await cache.set(`set ${at}`, value);
  }
  expect(told).toHaveLength(2 * unfit.length);
  expect(cache.counters.entries).toBe(0);
  const fit = [undefined, null, NaN, cyclic, Object.freeze({ a: 1 }), 'x'.repeat(1e6), new Map([[1, 2]])];
  for (const [at, value] of fit.entries()) {
    expect((await cache.read(`fit ${at}`, () => value)).stored).toBe(true);
    expect(await cache.get(`fit ${at}`)).toEqual(value);
  }
});

it('what cannot even be weighed is held as it is asked for, or not at all', async () => {
  const cache = new Cache();
  const throwing = {
    get name(): string {
      throw new Error('never read me');
    },
  };
  const asIs = await cache.read('a', () => throwing, { guard: 'as is' });
  expect([asIs.value === throwing, asIs.stored]).toEqual([true, false]);
  expect((await cache.read('b', () => throwing, { guard: 'as is', bytes: 10 })).stored).toBe(true);
});
