import { Cache, MemoryAuthority } from '@vif/cache';
import { RedisStore } from '@vif/cache/redis';
import { RedisServer, whyNoRedis } from '@vif/cache/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnTags, tableTags } from '../tracking/tags.ts';
import { type Bumps, bumpRows } from './bump-rows.ts';
import { Invalidations, type InvalidationsOptions } from './invalidations.ts';
import type { OutboxRow } from './outbox-row.ts';

const at = '2026-11-21T15:00:00.123Z';
const any = (table: string, workspace = '*') => tableTags(workspace, table)[0] ?? '';
const row = (table: string, more: Partial<OutboxRow> = {}): OutboxRow => {
  return { id: '1', table, operation: 'UPDATE', transaction: '748', at, tags: [any(table)], ...more };
};
const key = (name: string) => `:${name}`;

let now: number;
let authority: MemoryAuthority;
let journal: Invalidations;
let cache: Cache;
const begin = (options: InvalidationsOptions = {}) => {
  authority = new MemoryAuthority();
  journal = new Invalidations({ now: () => now, ...options });
  journal.follow(authority);
  cache = new Cache({ authority, journal });
};
beforeEach(() => {
  now = Date.parse(at);
  begin();
});

const write = (rows: OutboxRow[], to: Bumps = authority) => bumpRows(to, rows, journal.noted);
const read = (name: string, ...tags: string[]) => cache.getOrSet(name, () => name, { tags });
const why = async (name: string) => (await cache.explain(name)).invalidations;

describe('a key was invalidated', () => {
  it('by a write, which is known before and after it is read again', async () => {
    await read('a', any('shop.orders'));
    expect(await why('a')).toEqual([]);
    await write([row('shop.orders'), row('shop.people')]);
    const told = { table: 'shop.orders', operation: 'UPDATE', transaction: '748', at };
    expect(await why('a')).toEqual([{ ...told, tags: [any('shop.orders')], entries: 0 }]);
    await read('a', any('shop.orders'));
    await read('b', any('shop.orders'));
    expect(await why('a')).toEqual([{ ...told, tags: [any('shop.orders')], entries: 1 }]);
    expect(await why('b')).toEqual([]);
  });

  it('by several, the newest first; entries are counted with the one that outdated them', async () => {
    const [table, column] = [any('shop.orders'), columnTags('*', 'shop.orders', 'id', '7')[0] ?? ''];
    await Promise.all([read('a', column), read('b', table, column)]);
    await write([row('shop.orders', { operation: 'INSERT', tags: [table] })]);
    await write([row('shop.orders', { operation: 'DELETE', tags: [table, column] })]);
    await Promise.all([read('a', column), read('b', table, column)]);
    expect(await why('a')).toMatchObject([{ operation: 'DELETE', tags: [column], entries: 1 }]);
    expect(await why('b')).toMatchObject([{ operation: 'INSERT', tags: [table], entries: 1 }]);
    await write([row('shop.orders', { operation: 'TRUNCATE', tags: [table] })]);
    expect((await why('b'))?.map(({ operation }) => operation)).toEqual(['TRUNCATE', 'INSERT']);
  });

  it('by hand, which names no table', async () => {
    await read('a', any('shop.orders'));
    await cache.invalidateTags(['everything']);
    expect(await why('a')).toEqual([{ at, tags: ['everything'], entries: 0 }]);
    await read('a', any('shop.orders'));
    await cache.invalidateTags([key('a')]);
    expect(await why('a')).toMatchObject([
      { tags: [key('a')], entries: 0 },
      { tags: ['everything'], entries: 1 },
    ]);
  });

  it('by another process, of which the table is known from the tag alone', async () => {
    await read('a', any('shop.orders'), any('shop.people'));
    authority.bump([any('shop.orders'), any('shop.people'), any('shop.else')]);
    await read('a', any('shop.orders'), any('shop.people'));
    expect(await why('a')).toEqual([
      { table: 'shop.orders', at, tags: [any('shop.orders')], entries: 1 },
      { table: 'shop.people', at, tags: [any('shop.people')], entries: 1 },
    ]);
  });

  it('by more rows than are bumped at once', async () => {
    await read('first', columnTags('*', 'shop.orders', 'id', '0')[0] ?? '');
    const tags = Array.from(
      { length: 2500 },
      (_, id) => columnTags('*', 'shop.orders', 'id', `${id}`)[0] ?? '',
    );
    await write([row('shop.orders', { tags })]);
    expect(await why('first')).toMatchObject([{ operation: 'UPDATE', tags: [tags[0]] }]);
    expect(await why('first')).toHaveLength(1);
  });
});

it('counts only entries of the same owner', async () => {
  begin({ ownerOf: (one) => one.slice(0, 2) });
  await Promise.all(['x1', 'x2', 'y1'].map((name) => read(name, any('shop.orders'))));
  await write([row('shop.orders')]);
  await Promise.all(['x1', 'x2', 'y1'].map((name) => read(name, any('shop.orders'))));
  expect([await why('x1'), await why('y1')]).toMatchObject([[{ entries: 2 }], [{ entries: 1 }]]);
});

describe('is kept', () => {
  it('for its time', async () => {
    begin({ longest: 1000 });
    await read('a', any('shop.orders'));
    await write([row('shop.orders')]);
    now += 1000;
    expect(await why('a')).toHaveLength(1);
    now += 1;
    expect(await why('a')).toEqual([]);
  });

  it('within its count, the newest, of ten thousand', async () => {
    begin({ most: 100 });
    for (let id = 0; id < 10_000; id++) {
      await read(`${id}`, any(`shop.t${id}`));
      await write([row(`shop.t${id}`)]);
    }
    const known = await Promise.all(Array.from({ length: 10_000 }, (_, id) => why(`${id}`)));
    const count = known.filter((told) => told && told.length > 0).length;
    expect(count).toBeGreaterThanOrEqual(75);
    expect(count).toBeLessThanOrEqual(100);
    expect(known.at(-1)).toHaveLength(1);
  });

  it('within its characters, tags and the keys that it hit alike', async () => {
    begin({ characters: 10_000 });
    await read('a', any('shop.orders'));
    await write([row('shop.orders')]);
    await read('a', any('shop.orders'));
    const long = 'x'.repeat(500);
    for (let id = 0; id < 40; id++) {
      await read(`${long}${id}`, any('shop.people'));
      await write([row('shop.people')]);
      expect(await why('a'), `after ${id}`).toHaveLength(id <= 10 ? 1 : ((await why('a'))?.length ?? -1));
      await read(`${long}${id}`, any('shop.people'));
    }
    expect(await why('a')).toEqual([]);
    expect(await why(`${long}39`)).toHaveLength(1);
  });
});

const missing = process.env['CI'] ? undefined : await whyNoRedis();
describe.skipIf(missing)(`two processes over Redis${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function join(port: number) {
    const store = new RedisStore<unknown>({ connection: `redis://127.0.0.1:${port}`, prefix: 'why' });
    ends.push(() => store.close());
    await store.connected();
    const own = new Invalidations();
    const following = Promise.withResolvers<void>();
    let heard = 0;
    ends.push(own.follow(store.authority));
    ends.push(
      store.authority.follow({ onBump: () => heard++, onGap: (from) => from && following.resolve() }),
    );
    await following.promise;
    const shared = new Cache({ authority: store.authority, journal: own });
    const ask = (tag: string) => shared.getOrSet('a', () => 'a', { tags: [tag] });
    const told = async () => (await shared.explain('a')).invalidations;
    return { store, ask, told, noted: own.noted, heard: () => heard };
  }

  it('the one that wrote knows all, once, and the other the tag and the table', async () => {
    const redis = await RedisServer.start();
    ends.push(() => redis.stop());
    const [one, other] = [await join(redis.port), await join(redis.port)];
    const tag = any('shop.orders');
    await Promise.all([one.ask(tag), other.ask(tag)]);
    await bumpRows(one.store.authority, [row('shop.orders')], one.noted);
    await expect.poll(() => [one.heard(), other.heard()], { interval: 5 }).toEqual([1, 1]);
    await Promise.all([one.ask(tag), other.ask(tag)]);
    const full = {
      table: 'shop.orders',
      operation: 'UPDATE',
      transaction: '748',
      at,
      tags: [tag],
      entries: 1,
    };
    expect(await one.told()).toEqual([full]);
    const time: unknown = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(await other.told()).toEqual([{ table: 'shop.orders', at: time, tags: [tag], entries: 1 }]);
  });
});
