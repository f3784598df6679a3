import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acknowledgingClient } from '../acknowledging/acknowledging-client.ts';
import type { CommonAuthority } from '../authority/common-authority.ts';
import { AuthorityLease } from '../lease/authority-lease.ts';
import type { AuthorityLeaseOptions } from '../lease/authority-lease-options.ts';
import { TrackedDatabase } from '../testing/tracked-database.ts';
import type { OutboxRow } from './outbox-row.ts';

let database: TrackedDatabase;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await TrackedDatabase.start('create table orders (id int primary key, total int)', [
    'max_prepared_transactions=4',
    'synchronous_commit=on', // else a crash takes more than the outbox
  ]);
  await database.owner.query(`select vif_cache.track('orders', '', 'id')`);
  await database.owner.query('insert into orders select id, 0 from generate_series(1, 9) id');
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await database.owner.query('update vif_cache.authority set joined = 0');
});
afterAll(() => database.stop());

async function open(options: Partial<AuthorityLeaseOptions> = {}) {
  const said: string[] = [];
  /** In order: `forget`, and tags that were bumped. */
  const happened: string[] = [];
  const lease = await AuthorityLease.open({
    connection: database.connection,
    authority: { bump: (tags) => void happened.push(...tags) },
    forget: () => void happened.push('forget'),
    onChange: (sentence) => said.push(sentence),
    ...options,
  });
  ends.push(() => lease.close());
  return { lease, said, happened };
}

/** One that several processes could share. */
function common(): CommonAuthority {
  let name: string | undefined;
  return { name: async () => name, call: async (given) => (name ??= given) };
}

const marked = `set vif_cache.connection = 'x'`;
const rowsWaiting = async () => (await database.owner.query('select from vif_cache.outbox')).rowCount;

describe('when PostgreSQL crashed', () => {
  it('rows that waited are gone, so that whoever serves forgets what it cannot know', async () => {
    const { said, happened } = await open({ common: common() });
    happened.length = 0;
    await database.owner.query(`${marked}; update orders set total = 1 where id = 1`);
    expect(await rowsWaiting()).toBe(1);
    await database.crash();
    expect(await rowsWaiting()).toBe(0);
    await expect.poll(() => said, { timeout: 10_000 }).toContain('The cache is on again.');
    expect(happened).toEqual(['forget']);
  });

  it('numbers of rows are not given again', async () => {
    const newest = `insert into vif_cache.outbox (connection, tags) values ('x', '{}') returning id`;
    const before = (await database.owner.query<{ id: string }>(newest)).rows[0]?.id ?? '';
    await database.crash();
    const after = (await database.owner.query<{ id: string }>(newest)).rows[0]?.id ?? '';
    expect(Number(after)).toBeGreaterThan(Number(before));
  });

  it('the cache is off while a transaction that it found prepared can still be committed', async () => {
    const prepare = (name: string) =>
      database.owner.query(
        `${marked}; begin; update orders set total = total + 1 where id = 2; prepare transaction '${name}'`,
      );
    await prepare('ours');
    await database.crash();
    const { lease, said, happened } = await open({ poll: 20 });
    expect(lease.held).toBe(false);
    expect(said).toEqual([expect.stringContaining(`prepared transaction 'ours'`)]);
    expect(happened).toEqual([]);
    await database.owner.query(`commit prepared 'ours'`);
    await expect.poll(() => lease.held, { timeout: 10_000 }).toBe(true);
    expect(happened).toEqual(['forget']);
    // One that is prepared from then on has its rows.
    await prepare('later');
    expect(await database.untracked()).toEqual([]);
    await database.owner.query(`commit prepared 'later'`);
    await expect.poll(() => happened).toContain('*:public.orders:id=2');
  });

  it('who waits for its rows to be taken goes on waiting', async () => {
    let isAway = true;
    const bump = () => {
      if (isAway) throw new Error('away');
      return undefined;
    };
    const { lease, said } = await open({
      authority: { bump },
      forget: bump,
      bound: 60_000,
      common: common(),
    });
    const { rows } = await database.owner.query<{ id: string }>(
      `insert into vif_cache.outbox (connection, tags) values ('x', '{a}') returning id::text`,
    );
    let isAcknowledged = false;
    const row: OutboxRow = { id: rows[0]?.id ?? '', tags: ['a'] };
    const waiting = lease.acknowledge([row]).then(() => void (isAcknowledged = true));
    await database.crash();
    await expect.poll(() => said.length, { timeout: 10_000 }).toBeGreaterThan(0);
    for (let i = 0; i < 20; i++) await database.owner.query('select pg_sleep(0.01)');
    await turn();
    expect(isAcknowledged).toBe(false);
    isAway = false;
    await waiting;
  });
});

it('a row that a crash took while its bump was out does not count as taken by another process', async () => {
  const bumping = Promise.withResolvers<undefined>();
  bumping.promise.catch(() => undefined); // it is awaited by who acknowledges, or by nobody
  let isAway = false;
  const shared = common();
  const name = async () => (isAway ? Promise.reject(new Error('away')) : shared.name());
  const { lease } = await open({
    authority: { bump: () => bumping.promise },
    bound: 60_000,
    common: { ...shared, name },
  });
  isAway = true;
  let isAcknowledged = false;
  void lease.acknowledge([{ id: '1', tags: ['a'] }]).then(() => void (isAcknowledged = true));
  await database.crash();
  // Connected again, and without a place.
  const asked = `select from pg_stat_activity where query like '%pg_advisory_unlock_all%' and pid <> pg_backend_pid()`;
  await expect.poll(async () => (await database.owner.query(asked)).rowCount, { timeout: 10_000 }).toBe(1);
  bumping.reject(new Error('away'));
  for (let i = 0; i < 20; i++) await database.owner.query('select pg_sleep(0.01)');
  await turn();
  expect(isAcknowledged).toBe(false);
});

it('what is prepared by one connection and committed by another is not taken for bumped before', async () => {
  const acknowledged: (readonly OutboxRow[] | undefined)[] = [];
  const Client = acknowledgingClient((rows) => void acknowledged.push(rows));
  const client = new Client(database.connection);
  ends.push(() => client.end());
  await client.connect();
  for (const text of ['begin', 'update orders set total = 4 where id = 4', `prepare transaction 'two'`])
    await client.query(text);
  await client.query('select 1');
  expect(acknowledged).toEqual([]);
  await client.query(`commit prepared 'two'`);
  expect(acknowledged).toEqual([undefined]);
  await client.query(`begin; update orders set total = 5 where id = 4; prepare transaction 'three'`);
  expect(acknowledged).toEqual([undefined, undefined]);
  await client.query(`rollback prepared 'three'`);
  await client
    .query(`begin; update orders set total = 5 where id = 4; prepare transaction 'four'; select 1 / 0`)
    .catch(() => undefined);
  await client.query('select 1'); // waits, since a part of what failed may have been committed
  expect(acknowledged).toEqual([undefined, undefined, undefined]);
  await client.query(`rollback prepared 'four'`);
});
