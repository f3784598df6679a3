import { AsyncLocalStorage } from 'node:async_hooks';
import { Cache, MemoryAuthority } from '@vif/cache';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { TrackedPool } from '../pool/tracked-pool.ts';
import { TrackedDatabase } from '../testing/tracked-database.ts';
import { Catalogues } from './catalogues.ts';
import { sqlRecorder } from './sql-recorder.ts';

let database: TrackedDatabase;
beforeAll(async () => {
  database = await TrackedDatabase.start(`
    create table t (id int primary key, x int); create table u (id int primary key);
    create table notes (w int not null, id int primary key);
    insert into t values (1, 7); insert into u values (1); insert into notes values (1, 1), (2, 2)`);
  await database.owner.query(
    `select vif_cache.track('t', null, 'id'), vif_cache.track('u', null, 'id'), vif_cache.track('notes', 'w')`,
  );
});
afterAll(() => database.stop());

let authority: MemoryAuthority;
let cache: Cache;
let pool: TrackedPool;
beforeEach(() => {
  authority = new MemoryAuthority();
  cache = new Cache({ authority, recorder: sqlRecorder });
  pool = poolOf(1);
});
afterEach(() => pool.end());

function poolOf(max: number): TrackedPool {
  const { host, port } = database.superuser;
  return new TrackedPool({
    host,
    port,
    user: 'shop',
    database: 'shop',
    max,
    acknowledge: (rows) => void authority.bump((rows ?? []).flatMap(({ tags }) => tags)),
    catalogues: new Catalogues(),
  });
}

/** What a load's value was found to depend on, bulk left out; or why it was not stored. */
async function recorded(load: () => Promise<unknown>, key = 'key'): Promise<string[] | string> {
  const reasons: string[] = [];
  cache.events.on('unstored', ({ error, why }) => reasons.push(typeof error === 'string' ? error : why));
  const failed = await cache.getOrSet(key, load).then(
    () => undefined,
    (error: unknown) => `fails: ${String(error)}`,
  );
  return failed ?? reasons[0] ?? (await tagsOf(key));
}

async function tagsOf(key: string): Promise<string[]> {
  const { tiers } = await cache.explain(key);
  return (tiers[0]?.tags ?? [])
    .filter((tag) => tag.includes(':public.') && !tag.endsWith(':bulk'))
    .toSorted();
}

/** Does something that is no part of the load. */
const bypassing = AsyncLocalStorage.snapshot();

/** A load on one connection. */
async function on(work: (client: pg.PoolClient) => Promise<unknown>): Promise<unknown> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

const readT = 'select x from t where id = $1';
const readNotes = `select id from notes where w = current_setting('app.w')::int`;
const readOnly = 'begin isolation level repeatable read read only';

it('a load depends on what its statements read', async () => {
  const tags = ['*:public.t:id=1', '*:public.u:any'];
  expect(
    await recorded(async () => [
      (await pool.query<object>(readT, [1])).rows,
      (await pool.query<object>('select * from u')).rows,
    ]),
  ).toEqual(tags);
});

it('a write that was answered has invalidated what it changed', async () => {
  const read = () =>
    cache.getOrSet('x', async () => (await pool.query<{ x: number }>(readT, [1])).rows[0]?.x);
  expect(await read()).toBe(7);
  await pool.query('update t set x = 8 where id = 1');
  expect(await read()).toBe(8);
  await pool.query('update t set x = 7 where id = 1');
});

it.each<[string, () => Promise<unknown>, string]>([
  [
    'does not wait for a statement',
    () => on(async (client) => void client.query(readT, [1])),
    'did not wait',
  ],
  [
    'had a statement fail',
    () => pool.query('select 1 / 0 from t').catch(() => 1),
    'one of its statements failed',
  ],
  [
    'begins a transaction that may write',
    () =>
      on(async (client) => [
        await client.query('begin'),
        await client.query(readT, [1]),
        await client.query('commit'),
      ]),
    'begins a transaction that may write',
  ],
  ['writes', () => pool.query('insert into u values (2) on conflict do nothing'), 'it is no SELECT'],
  [
    'reads settings of no transaction',
    () => pool.query(`select id from notes where w = current_setting('app.w', true)::int`),
    'which its load did not set',
  ],
  [
    'sets the session',
    () => on(async (client) => [await client.query('set app.w = 1'), await client.query(readT, [1])]),
    'it alters the session',
  ],
  ['asks nothing', async () => 1, 'it asked nothing'],
  [
    'has several statements in one',
    () => pool.query(`${readT.replace('$1', '1')}; select 1`),
    'it is not one statement',
  ],
  [
    'looks elsewhere for its tables',
    () =>
      on(async (client) => [
        await client.query(readOnly),
        await client.query('set local search_path = pg_temp'),
        await client.query('commit'),
      ]),
    'it sets search_path',
  ],
  [
    'becomes somebody else',
    () =>
      on(async (client) => [
        await client.query(readOnly),
        await client.query(`select set_config('role', 'shop', true)`),
        await client.query('commit'),
      ]),
    'it sets role',
  ],
])('nothing is stored of a load that %s', async (_what, load, reason) => {
  expect(await recorded(load)).toContain(reason);
});

it('nothing is stored of a load within the transaction of a writer', async () => {
  const client = await pool.connect();
  await client.query('begin');
  await client.query('update t set x = x');
  expect(await recorded(() => client.query(readT, [1]))).toBe(
    'it runs in a transaction that was begun before it',
  );
  await client.query('rollback');
  client.release();
});

it('nothing is stored of a load on a connection that was altered', async () => {
  await pool.query(`set app.w = '1'`);
  expect(await recorded(() => pool.query(readT, [1]))).toContain('its connection was altered before');
});

it('nothing is stored of a load that reads through a cursor', async () => {
  const load = () =>
    on(async (client) => {
      await client.query(readOnly);
      const query = new pg.Query(readT, [1]);
      const ended = new Promise((resolve) => query.on('end', resolve));
      client.query(query);
      await ended;
      await client.query('commit');
    });
  expect(await recorded(load)).toBe('it reads through a cursor');
});

it('settings of the load say whose rows it reads, the last one of each', async () => {
  const load = () =>
    on(async (client) => {
      await client.query(readOnly);
      await client.query(`select set_config('app.w', $1, true)`, ['1']);
      await client.query(`set local app.w = '2'`);
      const { rows } = await client.query<object>(readNotes);
      await client.query('commit');
      return rows;
    });
  expect(await recorded(load)).toEqual(['2:public.notes:any']);
});

it.each([
  [
    'rolled back, whatever stands before',
    ['savepoint s', `set local app.w = '2'`, '/* back */ rollback to s'],
  ],
  ['set under a condition', [`select set_config('app.w', '2', true) where false`]],
  ['gone with its transaction', ['-- the end\ncommit']],
])('a setting that was %s is not believed', async (_what, statements) => {
  const load = () =>
    on(async (client) => {
      for (const one of [readOnly, `set local app.w = '1'`, ...statements]) await client.query(one);
      const read = await client.query<object>(readNotes).catch(() => undefined); // there is none
      await client.query('rollback');
      return read?.rows;
    });
  expect(typeof (await recorded(load))).toBe('string');
});

it('a cached load within a load gives it its tags', async () => {
  const outer = async () => {
    await pool.query('select * from u'); // on the same connection
    return cache.getOrSet('inner', async () => (await pool.query<object>(readT, [1])).rows);
  };
  expect(await recorded(outer, 'outer')).toEqual(['*:public.t:id=1', '*:public.u:any']);
  expect(await tagsOf('inner')).toEqual(['*:public.t:id=1']);
});

it('a query that waits for a connection is part of the load that asked, not of the one that released it', async () => {
  const loads = [
    cache.getOrSet('t', async () => (await pool.query<object>(readT, [1])).rows),
    cache.getOrSet('u', async () => (await pool.query<object>('select * from u')).rows),
  ];
  await Promise.all(loads);
  expect(await tagsOf('t')).toEqual(['*:public.t:id=1']);
  expect(await tagsOf('u')).toEqual(['*:public.u:any']);
});

it('nothing is stored of a load whose transaction somebody else reads in, nor of theirs', async () => {
  const load = () =>
    on(async (client) => {
      await client.query(readOnly);
      const inner = await cache.getOrSet('inner', async () => (await client.query<object>(readT, [1])).rows);
      await client.query('commit');
      return inner;
    });
  expect(await recorded(load)).toBe('it shares a transaction with other work');
  expect(await tagsOf('inner')).toEqual([]);
});

it('nothing is stored of a load whose connection was altered between its statements', async () => {
  const load = async () => {
    await pool.query(readT, [1]);
    await bypassing(() => pool.query(`set app.w = '1'`));
    return (await pool.query<object>('select id from u')).rows;
  };
  expect(await recorded(load)).toContain('its connection was altered before');
});
