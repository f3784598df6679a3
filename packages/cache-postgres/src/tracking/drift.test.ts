import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TrackedDatabase } from '../testing/tracked-database.ts';

let database: TrackedDatabase;
beforeAll(async () => {
  database = await TrackedDatabase.start(`
    create table orders (shop int not null, id int primary key, name text, label varchar(9), other int not null);
    create table others (id int); create table loose (id int);
    create schema elsewhere; create schema whole; create table whole.part (id int primary key);
    create view named as select id, other as name from orders;
    create table elsewhere.others (id int);
    create type mood as enum ('sad'); create domain code as int; create collation ours (locale = 'C');
    create text search configuration plain (copy = simple)`);
  await database.owner.query(`
    select vif_cache.track('orders', 'shop', 'id', 'name'), vif_cache.track_keys('others'), vif_cache.track_keys('whole.part');
    insert into vif_cache.schemas values ('whole')`);
});
afterAll(() => database.stop());
beforeEach(() => database.owner.query('begin'));
afterEach(() => database.owner.query('rollback'));

const track = (args: string) => `create or replace trigger vif_cache_update after update on orders
  referencing old table as old_rows new table as new_rows for each statement execute function vif_cache."public.orders"(${args});
  alter table orders enable always trigger vif_cache_update`;

describe('a table is untracked', () => {
  it('not as it was tracked, nor because another one is not', async () => {
    expect(await database.untracked()).toEqual([]);
  });

  it.each([
    ['whose trigger is gone', 'drop trigger vif_cache_update on orders'],
    ['whose trigger is off', 'alter table orders disable trigger vif_cache_truncate'],
    ['whose trigger rests for replicas', 'alter table orders enable trigger vif_cache_delete'],
    ['whose trigger names other columns', track(`'shop', 'id'`)],
    ['whose trigger names another workspace', track(`'other', 'id', 'name'`)],
    ['whose key is another', 'alter table orders drop constraint orders_pkey, add primary key (other)'],
    ['whose tracked column has another type', 'alter table orders alter name type varchar'],
    ['whose tracked column sorts otherwise', 'alter table orders alter name type text collate "C"'],
    ['whose tracked column is called otherwise', 'alter table orders rename name to title'],
    [
      'that has a virtual column now',
      'alter table orders add twice int generated always as (id * 2) virtual',
    ],
    ['that has a child now', 'create table child () inherits (orders)', 'public.child', 'public.orders'],
    ['that was renamed', 'alter table orders rename to renamed', 'public.renamed'],
    [
      'that was made anew',
      'drop table orders cascade; create table orders (id int primary key)',
      'public.orders',
    ],
    ['that is new in a schema of tracked ones', 'create table whole.new (id int)', 'whole.new'],
    ['that is materialised', 'create materialized view whole.counts as select 1', 'whole.counts'],
  ])('%s', async (_, change, ...names) => {
    await database.owner.query(change);
    expect(await database.untracked()).toEqual(names.length > 0 ? names : ['public.orders']);
  });

  it('until it is tracked again, or no longer', async () => {
    const { owner } = database;
    await owner.query('alter table orders alter name type varchar, drop constraint orders_pkey');
    expect(await database.emits(`select vif_cache.retrack('orders')`)).toEqual([['*:public.orders:bulk']]);
    expect(await database.untracked()).toEqual([]);
    await owner.query(`drop trigger vif_cache_update on orders`);
    expect(await database.emits(`select vif_cache.untrack('orders')`)).toEqual([['*:public.orders:bulk']]);
    expect(await database.untracked()).toEqual([]);
    expect(await database.emits('insert into orders values (1, 1, null, null, 1)')).toEqual([]);
  });

  it('when a subscription writes it', async () => {
    const { superuser, owner } = database;
    await owner.query('rollback');
    await superuser.query(`create subscription s connection 'dbname=nowhere' publication p
      with (connect = false, enabled = false, create_slot = false, slot_name = none)`);
    await superuser.query('set allow_system_table_mods = on'); // nothing is there to be subscribed to
    await superuser.query(`insert into pg_subscription_rel (srsubid, srrelid, srsubstate)
      select oid, 'orders'::regclass, 'r' from pg_subscription`);
    expect(await database.untracked()).toEqual(['public.orders']);
    await superuser.query('drop subscription s');
    expect(await database.untracked()).toEqual([]);
    await owner.query('begin');
  });
});

describe('the tracking is another', () => {
  it.each([
    ['after a view was replaced', `create or replace view named as select id, other + 1 as name from orders`],
    ['after a view’s column was renamed', 'alter view named rename name to title'],
    ['after a view was made', 'create view more as select 1 as one'],
    ['after a rule was made', 'create rule nothing as on delete to named do instead nothing'],
    ['after a column was added', 'alter table orders add column extra int'],
    ['after a column was retyped without a rewrite', 'alter table orders alter label type text'],
    ['after a column was renamed', 'alter table orders rename label to tag'],
    ['after a policy was made', 'create policy mine on orders using (true)'],
    ['after security was switched on', 'alter table orders enable row level security'],
    [
      'after a trigger was off for a while',
      `alter table orders disable trigger vif_cache_update; alter table orders enable always trigger vif_cache_update`,
    ],
    ['after a function of ours was written anew', `select vif_cache.retrack('orders')`],
    ['after a table was rewritten', 'truncate others'],
    ['after the outbox was emptied', 'truncate vif_cache.outbox'],
    ['after another table took a name', 'create table elsewhere.orders (id int)'],
    ['after a schema was renamed', 'alter schema elsewhere rename to there'],
    ['after a label was renamed', `alter type mood rename value 'sad' to 'blue'`],
    ['after a domain was made anew', 'drop domain code; create domain code as numeric(5, 2)'],
    ['after a collation was made anew', `drop collation ours; create collation ours (locale = 'C')`],
    ['after text search was configured', 'alter text search configuration plain drop mapping for asciiword'],
    ['after a table was tracked', `select vif_cache.track_keys('loose')`],
  ])('%s', async (_, change) => {
    const before = await database.tracking();
    await database.owner.query(change);
    expect(await database.tracking()).not.toBe(before);
  });

  it.each([
    ['a role passes policies by', 'alter role shop bypassrls', 'alter role shop nobypassrls'],
    ['a role became part of another', 'grant readers to shop', 'revoke readers from shop'],
  ])('after %s', async (_, change, back) => {
    await database.superuser.query(`drop role if exists readers; create role readers`);
    const before = await database.tracking();
    await database.superuser.query(change);
    expect(await database.tracking()).not.toBe(before);
    await database.superuser.query(back);
  });

  it('after a policy was altered', async () => {
    await database.owner.query('rollback; create policy mine on orders using (true)');
    const before = await database.tracking();
    await database.owner.query('alter policy mine on orders using (id > 1)');
    expect(await database.tracking()).not.toBe(before);
    await database.owner.query('drop policy mine on orders; begin');
  });

  it.each([
    ['rows', `insert into orders values (1, 1, 'x', 'x', 1); update orders set name = 'y'`],
    [
      'another’s tables',
      'create table elsewhere.things (id int); truncate loose; create temp table orders (id int)',
    ],
    ['statistics', 'analyze orders'],
    ['an index', 'create index on orders (other)'],
  ])('not after %s', async (_, change) => {
    const before = await database.tracking();
    await database.owner.query(change);
    expect(await database.tracking()).toBe(before);
  });
});
