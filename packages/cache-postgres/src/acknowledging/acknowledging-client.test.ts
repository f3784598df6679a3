import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TrackedDatabase } from '../testing/tracked-database.ts';
import { acknowledgingClient } from './acknowledging-client.ts';

let database: TrackedDatabase;
/** The tags of what was acknowledged, in order; undefined where its rows were not known. */
let acknowledged: (readonly string[] | undefined)[];
const open: pg.Client[] = [];
const Client = acknowledgingClient((rows) => void acknowledged.push(rows?.flatMap(({ tags }) => tags)));

beforeAll(async () => {
  database = await TrackedDatabase.start('create table orders (id int primary key, total int)', [
    'max_prepared_transactions=4',
  ]);
  await database.owner.query(`select vif_cache.track('orders', '', 'id')`);
  await database.owner.query('insert into orders select id, 0 from generate_series(1, 9) id');
});
beforeEach(() => {
  acknowledged = [];
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.end()));
  const { rows } = await database.owner.query<{ gid: string }>('select gid from pg_prepared_xacts');
  for (const { gid } of rows) await database.owner.query(`rollback prepared '${gid}'`);
});
afterAll(() => database.stop());

async function connected(settings: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new Client({ ...database.connection, ...settings });
  open.push(client);
  await client.connect();
  return client;
}
const write = (id: number) => `update orders set total = total + 1 where id = ${id}`;
const tagsOf = (id: number) => ['*:public.orders:any', `*:public.orders:id=${id}`];

async function sendAll(client: pg.Client, ...texts: string[]): Promise<void> {
  for (const text of texts) await client.query(text).catch(() => undefined);
}

describe('a text that fails half-way', () => {
  it('may have begun a transaction that goes on', async () => {
    const failing = `begin; ${write(1)}; savepoint s; select 1 / 0`;
    await sendAll(await connected(), failing, 'rollback to s', 'commit');
    expect(acknowledged).toEqual([undefined]);
  });

  it('may have committed, which the next answer waits for', async () => {
    await sendAll(await connected(), `begin; ${write(1)}; commit; select 1 / 0`, 'select 1', 'select 1');
    expect(acknowledged).toEqual([undefined]);
  });
});

describe('what is prepared', () => {
  it('never counts as bumped with what a text went on with', async () => {
    const client = await connected();
    await sendAll(client, 'begin', write(1), `prepare transaction 'a'; begin; ${write(2)}`, 'commit');
    expect(acknowledged).toEqual([undefined]);
  });

  it('nor where the answer was not waited for', async () => {
    const client = await connected();
    await sendAll(client, 'begin', write(1));
    const impatient: pg.QueryConfig & { query_timeout: number } = {
      text: `prepare transaction 'b'`,
      query_timeout: 1,
    };
    client.connection.stream.pause();
    await expect(client.query(impatient)).rejects.toThrow('timeout');
    client.connection.stream.resume();
    await client.query(write(2));
    expect(acknowledged).toEqual([undefined]);
  });

  it('is committed with rows unknown also by a statement that is only named', async () => {
    const client = await connected();
    const commit = { name: 'c', text: `commit prepared 'c'` };
    for (const statement of [commit, { ...commit, text: '' }]) {
      await sendAll(client, `begin; ${write(1)}; prepare transaction 'c'`);
      acknowledged = [];
      await client.query(statement);
      expect(acknowledged).toEqual([undefined]);
    }
  });
});

it('an error of the driver’s own, which comes out of turn, takes nothing from a write on its way', async () => {
  const client = await connected({ pipeline: true });
  await database.owner.query('select pg_advisory_lock(1)');
  const failed = Promise.withResolvers<unknown>();
  // Told behind the row; the statement is answered only once this has failed.
  client.on('notice', () => {
    const faulty = client.query({ text: 'select $1', values: 'no list' as never }); // as a caller without types
    faulty.catch(failed.resolve);
  });
  const writing = client.query(
    `do $$ begin ${write(1)}; raise notice 'now'; perform pg_advisory_xact_lock(1); end $$`,
  );
  await failed.promise;
  expect(acknowledged).toEqual([]);
  await database.owner.query('select pg_advisory_unlock(1)');
  await writing;
  expect(acknowledged).toEqual([tagsOf(1)]);
});

it.each([
  'vif_cache is full',
  'vif_cache []',
  'vif_cache ["x", [], null, null, "1"]',
  'vif_cache ["1", [2]]',
])('a notice of somebody else’s is passed on: %s', async (message) => {
  const client = await connected();
  const noticed: (string | undefined)[] = [];
  client.on('notice', (notice) => noticed.push(notice.message));
  await client.query(`do $do$ begin raise notice '%', $$${message}$$; ${write(1)}; end $do$`);
  expect(noticed).toEqual([message]);
  expect(acknowledged).toEqual([tagsOf(1)]);
});

describe('in a READ ONLY transaction', () => {
  it.each([
    'commit',
    `commit; ${write(1)}`,
    '/* over */ commit',
    '/* /* */ select 1 */ commit',
    write(1),
    'select 1; commit',
  ])('what sends itself cannot end it: %s', async (text) => {
    const client = await connected();
    await client.query('begin read only');
    expect(() => client.query(new pg.Query(text))).toThrow('READ ONLY');
    await client.query('commit');
  });

  it.each([
    'select 1',
    '/* for the log */ -- and\n (select 1)',
    'with one as (select 1) table one',
    'values (1)',
  ])('may read: %s', async (text) => {
    const client = await connected();
    await client.query('begin read only');
    const query = client.query(new pg.Query(text));
    expect(
      await new Promise((resolve, reject) => query.on('end', resolve).on('error', reject)),
    ).toBeDefined();
    await client.query('commit');
  });

  it('the text of a stream is its cursor’s', async () => {
    const client = await connected();
    await client.query('begin read only');
    const stream = (text: string) => ({
      cursor: { text },
      submit: () => undefined,
      handleError: () => undefined,
    });
    expect(() => client.query(stream('commit'))).toThrow('READ ONLY');
    expect(() => client.query(stream('select 1'))).not.toThrow();
  });
});
