import { afterEach, beforeEach, expect, it } from 'vitest';
import { outboxColumns, type RawOutboxRow, readOutboxRow } from '../outbox/outbox-row.ts';
import { TrackedDatabase } from '../testing/tracked-database.ts';
import { installTracking, isTrackingInstalled } from './install-tracking.ts';
import { tagValue } from './tags.ts';

let database: TrackedDatabase;
beforeEach(async () => {
  database = await TrackedDatabase.startEmpty();
});
afterEach(() => database.stop());

it('an ordinary role installs it in its database, once', async () => {
  const { owner } = database;
  await owner.query(
    `create schema odd; set search_path = odd; create table odd.things (id int primary key, name text)`,
  );
  expect(await isTrackingInstalled(owner)).toBe(false);
  expect(await installTracking(owner)).toBe(true);
  expect(await installTracking(owner)).toBe(false);
  expect(await isTrackingInstalled(owner)).toBe(true);
  await owner.query(`select vif_cache.track_keys('things')`);
  expect(await database.emits(`insert into things values (1, 'x')`)).toEqual([
    ['*:odd.things:any', '*:odd.things:id=1'],
  ]);
});

it('an update of the package writes triggers anew and has all that was read forgotten', async () => {
  const { owner } = database;
  await installTracking(owner);
  await owner.query(`create table things (id int primary key, name text); select vif_cache.track('things', null, 'name');
    update vif_cache.version set version = 1, checksum = 'older';
    create or replace function vif_cache."public.things"() returns trigger language plpgsql as 'begin return null; end'`);
  expect(await database.emits(`insert into things values (1, 'x')`)).toEqual([]);
  expect(await installTracking(owner)).toBe(true);
  const { rows } = await owner.query<{ tags: string[] }>('select tags from vif_cache.outbox order by id');
  expect(rows.at(-1)?.tags).toEqual(['*:public.things:bulk']);
  expect(await database.emits(`insert into things values (2, 'y')`)).toEqual([
    ['*:public.things:any', `*:public.things:name=${tagValue('y', 'text')}`].toSorted(),
  ]);
  expect(await database.untracked()).toEqual([]);
});

it('what fails leaves nothing, and a newer version is left alone', async () => {
  const { owner } = database;
  await owner.query('create schema vif_cache; create table vif_cache.tracked (id int)');
  await expect(installTracking(owner)).rejects.toThrow('table_name');
  expect((await owner.query(`select where to_regclass('vif_cache.outbox') is null`)).rowCount).toBe(1);
  await owner.query('drop table vif_cache.tracked');
  await installTracking(owner);
  await owner.query('update vif_cache.version set version = 1000');
  await expect(installTracking(owner)).rejects.toThrow('newer version');
});

it('a server’s role is allowed what it needs, a writer needs nothing', async () => {
  const { owner, superuser } = database;
  await installTracking(owner);
  await superuser.query('create role server; create role writer; grant server, writer to shop');
  await owner.query(`create table things (id int primary key, name text); select vif_cache.track_keys('things');
    grant insert on things to server, writer; select vif_cache.allow('server'); set role server`);
  await owner.query(`insert into things values (1, 'x'); select vif_cache.untracked(), vif_cache.tracking();
    update vif_cache.authority set joined = joined`);
  const { rows } = await owner.query<RawOutboxRow>(
    `select ${outboxColumns} from vif_cache.outbox o order by o.id`,
  );
  expect(rows.map(readOutboxRow)).toEqual([
    {
      id: '1',
      tags: ['*:public.things:any', '*:public.things:id=1'],
      table: 'public.things',
      operation: 'INSERT',
      transaction: expect.stringMatching(/^\d+$/),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/),
    },
  ]);
  await expect(owner.query(`select vif_cache.emit('{}')`)).rejects.toMatchObject({ code: '42501' });
  await owner.query('reset role; set role writer');
  await owner.query(`insert into things values (2, 'x')`);
  await expect(owner.query('select from vif_cache.outbox')).rejects.toMatchObject({ code: '42501' });
  await owner.query('reset role');
});

it('triggers that an older version made go on', async () => {
  const { owner } = database;
  await installTracking(owner);
  await owner.query(
    `select vif_cache.emit('{a}'); insert into vif_cache.outbox (connection, tags) values ('', '{b}')`,
  );
  const { rows } = await owner.query<RawOutboxRow>(
    `select ${outboxColumns} from vif_cache.outbox o order by o.id`,
  );
  expect(rows.map(readOutboxRow).map(({ tags, table }) => [tags, table])).toEqual([
    [['a'], undefined],
    [['b'], undefined],
  ]);
});
