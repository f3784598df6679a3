import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TrackedDatabase } from '../testing/tracked-database.ts';

let database: TrackedDatabase;
beforeAll(async () => {
  database = await TrackedDatabase.start(`
    create table logs (shop int not null, year int, id int, text text, primary key (year, id)) partition by range (year);
    create table logs_a partition of logs for values from (0) to (10);
    create table logs_b partition of logs for values from (10) to (30) partition by range (year);
    create table logs_c partition of logs_b for values from (10) to (20);
    create table parents (id int primary key, name text);
    create table children (age int) inherits (parents);
    create table left_ (id int); create table right_ (id int); create table both_ () inherits (left_, right_)`);
  await database.owner.query(`
    select vif_cache.track('logs', 'shop', 'id'), vif_cache.track('parents', null, 'id');
    insert into logs values (7, 1, 1, 'a'), (7, 11, 2, 'b')`);
});
afterAll(() => database.stop());
beforeEach(() => database.owner.query('begin'));
afterEach(() => database.owner.query('rollback'));

const emits = (statement: string) => database.emits(statement);
const of = (id: number, ...tables: string[]) =>
  tables.flatMap((table) => [`7:public.${table}:any`, `7:public.${table}:id=${id}`]);
const bulk = (...tables: string[]) => tables.map((table) => `*:public.${table}:bulk`);
const below = bulk('logs_a', 'logs_b', 'logs_c');

describe('of a partitioned table', () => {
  it.each([
    ['a write to it', `update logs set text = 'x' where id = 1`, [[...of(1, 'logs'), ...below]]],
    ['an insert into it', `insert into logs values (7, 2, 3, '')`, [[...of(3, 'logs'), ...below]]],
    ['a move between partitions', 'update logs set year = 12 where id = 1', [[...of(1, 'logs'), ...below]]],
    ['a write to a partition', `delete from logs_a`, [of(1, 'logs', 'logs_a')]],
    [
      'a write to a partition’s partition',
      `update logs_c set text = 'x'`,
      [of(2, 'logs', 'logs_b', 'logs_c')],
    ],
    ['a write to what is between', `delete from logs_b`, [[...of(2, 'logs', 'logs_b'), ...bulk('logs_c')]]],
    ['nothing changed', 'update logs set text = text', []],
  ])('%s names whatever may be read of it', async (_, statement, expected) => {
    expect(await emits(statement)).toEqual(expected.map((tags) => tags.toSorted()));
  });

  it('a row that a trigger swallows where it was to move is told of', async () => {
    await database.owner.query(`
      create function swallow() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger swallow before insert on logs_c for each row execute function swallow()`);
    const [tags] = await emits('update logs set year = 12 where id = 1');
    expect(tags).toEqual(expect.arrayContaining(of(1, 'logs')));
    expect((await database.owner.query('select from logs where id = 1')).rowCount).toBe(0);
  });

  it('a truncation names each', async () => {
    const tags = new Set((await emits('truncate logs')).flat());
    for (const tag of bulk('logs', 'logs_a', 'logs_b', 'logs_c')) expect(tags).toContain(tag);
  });

  it('many values go through the whole of all', async () => {
    const [tags] = await emits(`insert into logs_a select 7, 1, n, '' from generate_series(10, 200) n`);
    expect(tags).toEqual(
      ['logs', 'logs_a'].flatMap((table) => [`7:public.${table}:any`, `7:public.${table}:bulk`]).toSorted(),
    );
  });

  it('each part has its triggers, with the same arguments', async () => {
    const { rows } = await database.owner.query<{ parts: number; args: number }>(
      `select count(distinct tgrelid)::int as parts, count(distinct tgargs)::int as args from pg_trigger
       where tgrelid::regclass::text like 'logs%' and tgname like 'vif_cache%'`,
    );
    expect(rows).toEqual([{ parts: 4, args: 1 }]);
    expect(await database.untracked()).toEqual([]);
  });

  it('a partition that was attached past the helper is found', async () => {
    await database.owner.query('create table late partition of logs for values from (40) to (50)');
    expect(await database.untracked()).toEqual(['public.late', 'public.logs']);
  });

  it('one that was detached past it is too, and so are those that were swapped', async () => {
    await database.owner.query('alter table logs detach partition logs_a');
    expect(await database.untracked()).toEqual(['public.logs', 'public.logs_a']);
  });

  it('the helper attaches with triggers and has all of it read anew', async () => {
    await database.owner.query('create table late (like logs)');
    const all = bulk('logs', 'late', 'logs_a', 'logs_b', 'logs_c').toSorted();
    expect(await emits(`select vif_cache.attach('logs', 'late', 'for values from (40) to (50)')`)).toEqual([
      all,
    ]);
    expect(await emits(`insert into late values (7, 40, 5, '')`)).toEqual([of(5, 'late', 'logs')]);
    expect(await database.untracked()).toEqual([]);
  });

  it('and detaches, tracked by itself from then on', async () => {
    expect(await emits(`select vif_cache.detach('logs', 'logs_a')`)).toEqual([
      bulk('logs', 'logs_b', 'logs_c'),
      bulk('logs_a'),
    ]);
    expect(await emits(`update logs_a set text = 'x'`)).toEqual([of(1, 'logs_a')]);
    expect(await emits(`update logs set text = 'x'`)).toEqual([
      [...of(2, 'logs'), ...bulk('logs_b', 'logs_c')].toSorted(),
    ]);
    expect(await database.untracked()).toEqual([]);
  });

  it('no part is tracked by itself', async () => {
    await expect(emits(`select vif_cache.track('logs_a')`)).rejects.toThrow('track the topmost table');
  });
});

describe('of a table that others inherit from', () => {
  it.each([
    ['a write to it', `insert into parents values (1, 'x')`, ['any', 'id=1'], bulk('children')],
    [
      'a write to a child',
      `insert into children values (2, 'x', 3)`,
      ['any', 'id=2'],
      ['*:public.children:any', '*:public.children:id=2'],
    ],
  ])('%s names both', async (_, statement, scopes, more) => {
    const tags = [...scopes.map((scope) => `*:public.parents:${scope}`), ...more];
    expect(await emits(statement)).toEqual([tags.toSorted()]);
  });

  it('a key that a child repeats hides no change', async () => {
    await database.owner.query(
      `insert into parents values (1, 'c'); insert into children values (1, 'c', 1), (2, 'd', 1)`,
    );
    const [tags] = await emits(`update parents set id = 1, name = 'c'`);
    expect(tags).toContain('*:public.parents:id=1');
    expect(tags).toContain('*:public.parents:id=2');
  });

  it('a child of several is refused', async () => {
    await expect(emits(`select vif_cache.track('left_')`)).rejects.toThrow('inherits from several');
  });
});
