import { RedisStore } from '@vif/cache/redis';
import { RedisServer, whyNoRedis } from '@vif/cache/testing';
import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AuthorityTaken } from './authority/authority-taken.ts';
import { type OpenTrackedOptions, openTracked } from './open-tracked.ts';
import { TrackedDatabase } from './testing/tracked-database.ts';

interface Tables {
  orders: { id: number; article: string };
}

let database: TrackedDatabase;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  database = await TrackedDatabase.start('create table orders (id integer primary key, article text)');
  await database.owner.query(`select vif_cache.track_keys('public.orders')`);
  await database.owner.query(`insert into orders values (1, 'tea'), (2, 'milk')`);
});
afterAll(() => database.stop());
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function open(options: Partial<OpenTrackedOptions<unknown>> = {}) {
  const { host, port } = database.owner;
  const tracked = await openTracked({ host, port, user: 'shop', database: 'shop', ...options });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await tracked.close();
    isOpen = false;
  };
  ends.push(close);
  const { pool, cache } = tracked;
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const article = (id: number) =>
    cache.read(`article ${id}`, () =>
      db.selectFrom('orders').select('article').where('id', '=', id).executeTakeFirst(),
    );
  const rename = (id: number, to: string) =>
    db.updateTable('orders').set({ article: to }).where('id', '=', id).execute();
  return { ...tracked, close, article, rename };
}

describe('what openTracked gives', () => {
  it('serves Kysely: a write is in the next read, and another row’s leaves it held', async () => {
    const { article, rename } = await open();
    await rename(1, 'tea');
    expect(await article(1)).toMatchObject({ value: { article: 'tea' }, from: 'load', stored: true });
    await rename(2, 'oat milk');
    expect(await article(1)).toMatchObject({ from: 'tier' });
    await rename(1, 'green tea');
    expect(await article(1)).toMatchObject({
      value: { article: 'green tea' },
      from: 'load',
      reason: 'outdated',
    });
  });

  it('finds out anew what statements mean when a view is another one', async () => {
    const { pool, cache } = await open();
    const { owner } = database;
    await owner.query(
      `create table teas (id integer primary key, article text); insert into teas values (1, 'tea')`,
    );
    await owner.query(`select vif_cache.track_keys('public.teas')`);
    await owner.query('create or replace view shown as select id, article from orders');
    const shown = () =>
      cache.read(
        'shown',
        async () => (await pool.query<Tables['orders']>('select * from shown order by id')).rows,
      );
    await expect.poll(async () => (await shown()).from, { timeout: 5_000 }).toBe('tier');
    await owner.query('create or replace view shown as select id, article from teas');
    await expect
      .poll(async () => (await shown()).value, { timeout: 5_000 })
      .toEqual([{ id: 1, article: 'tea' }]);
    await expect.poll(async () => (await shown()).from, { timeout: 5_000 }).toBe('tier');
    await pool.query(`update teas set article = 'green tea'`);
    expect((await shown()).value).toEqual([{ id: 1, article: 'green tea' }]);
  });

  it('hears of what is written behind its back', async () => {
    const { article, cache } = await open();
    await article(1);
    await database.owner.query(`update orders set article = 'black tea' where id = 1`);
    await expect
      .poll(async () => (await article(1)).value, { interval: 5 })
      .toEqual({ article: 'black tea' });
    const { invalidations } = await cache.explain('article 1');
    expect(invalidations?.[0]).toMatchObject({ table: 'public.orders', operation: 'UPDATE', entries: 1 });
  });

  it('says why an answer is not kept', async () => {
    const { cache, pool } = await open();
    await cache.getOrSet(
      'chance',
      async () => (await pool.query<{ random: number }>('select random()')).rows,
    );
    expect((await cache.explain('chance')).notKept).toMatch(/random/);
  });

  it('reads as the driver’s caller wants, and its lease as it needs', async () => {
    const types = { getTypeParser: () => (text: string | Buffer) => `<${text.toString()}>` };
    const { article, lease } = await open({ types });
    expect(lease.held).toBe(true);
    expect((await article(2)).value).toEqual({ article: expect.stringMatching(/^<.*>$/) as unknown }); // what expect gives is any
  });

  it('is refused beside one that keeps its authority to itself, and not behind it', async () => {
    const first = await open();
    await expect(open({ lease: { patience: 0 } })).rejects.toThrow(AuthorityTaken);
    await first.close();
    const second = await open({ lease: { patience: 0 } });
    expect(second.lease.held).toBe(true);
  });

  it('says what to do where nothing is tracked, and where its role may not', async () => {
    const [{ superuser }, names] = [database, { user: 'stranger', database: 'empty' }];
    await superuser.query('create role stranger login');
    await superuser.query('create database empty');
    await expect(open(names)).rejects.toThrow(/run installTracking, as the owner/);
    await expect(open({ ...names, database: 'shop' })).rejects.toThrow(/run select vif_cache\.allow/);
  });

  it('outlives an idle connection, and says so', async () => {
    const said: string[] = [];
    const { pool, article, rename } = await open({ onChange: (sentence) => said.push(sentence), max: 1 });
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.superuser.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await expect
      .poll(() => said.join(' '), { interval: 5 })
      .toContain('An idle database connection was lost');
    await rename(1, 'mint tea');
    expect((await article(1)).value).toEqual({ article: 'mint tea' });
  });
});

const missing = process.env['CI'] ? undefined : await whyNoRedis();
describe.skipIf(missing)(`over Redis${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('what one process wrote is in the next read of another', async () => {
    const redis = await RedisServer.start();
    ends.push(() => redis.stop());
    const join = async () => {
      const shared = new RedisStore<unknown>({ connection: `redis://127.0.0.1:${redis.port}` });
      ends.push(async () => shared.close());
      await shared.connected();
      return open({ shared });
    };
    const [one, other] = [await join(), await join()];
    await other.article(1);
    expect(await other.article(1)).toMatchObject({ from: 'tier' });
    await one.rename(1, 'rooibos');
    expect(await other.article(1)).toMatchObject({ value: { article: 'rooibos' }, reason: 'outdated' });
    expect(await one.article(1)).toMatchObject({ value: { article: 'rooibos' } });
  });
});
