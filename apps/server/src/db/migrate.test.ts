import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../testing/test-database.ts';
import { migrate } from './migrate.ts';

const migrationsFolder = new URL('./migrations/', import.meta.url);

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'vif-migrations-'));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const put = (name: string, sql: string) => writeFile(join(folder, name), sql);
const tables = async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  return rows.map(({ name }) => name);
};
const applied = async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    'select name from vif.migrations order by name',
  );
  return rows.map(({ name }) => name);
};

describe('migrating', () => {
  it('brings an empty database up to date, and a second time does nothing', async () => {
    const all = (await readdir(migrationsFolder)).toSorted();
    expect(await migrate(database.owner)).toEqual(all);
    expect(await migrate(database.owner)).toEqual([]);
    expect(await applied()).toEqual(all);
  });

  it('by several servers at once happens once', async () => {
    const clients = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const client = new pg.Client(database.connection);
        await client.connect();
        return client;
      }),
    );
    const done = await Promise.all(clients.map((client) => migrate(client)));
    expect(done.filter((names) => names.length > 0)).toHaveLength(1);
    expect(done.flat()).toEqual((await readdir(migrationsFolder)).toSorted());
    await Promise.all(clients.map((client) => client.end()));
  });

  it('that fails leaves the last good schema, names the file, and goes on once it is mended', async () => {
    await put('0001-good.sql', 'create table good (id int)');
    await put('0002-bad.sql', 'create table half_done (id int); create table broken (id nonsense)');
    await put('0003-later.sql', 'create table later (id int)');
    await expect(migrate(database.owner, folder)).rejects.toThrow(/0002-bad\.sql.*nonsense/);
    expect([await tables(), await applied()]).toEqual([['good'], ['0001-good.sql']]);
    await put('0002-bad.sql', 'create table mended (id int)');
    expect(await migrate(database.owner, folder)).toEqual(['0002-bad.sql', '0003-later.sql']);
    expect(await tables()).toEqual(['good', 'later', 'mended']);
  });

  it('that fails lets another server try', async () => {
    await put('0001-bad.sql', 'select 1 / 0');
    await expect(migrate(database.owner, folder)).rejects.toThrow('0001-bad.sql');
    const other = new pg.Client(database.connection);
    await other.connect();
    await put('0001-bad.sql', 'select 1');
    expect(await migrate(other, folder)).toEqual(['0001-bad.sql']);
    await other.end();
  });

  it('refuses a file that was edited after it ran', async () => {
    await put('0001-good.sql', 'create table good (id int)');
    await migrate(database.owner, folder);
    await put('0001-good.sql', 'create table good (id bigint)');
    await expect(migrate(database.owner, folder)).rejects.toThrow(/0001-good\.sql was edited/);
  });

  it('refuses a database that a newer Vif used, before it changes anything', async () => {
    await put('0001-good.sql', 'create table good (id int)');
    await put('0009-newer.sql', 'create table newer (id int)');
    await migrate(database.owner, folder);
    await rm(join(folder, '0009-newer.sql'));
    await put('0002-ours.sql', 'create table ours (id int)');
    await expect(migrate(database.owner, folder)).rejects.toThrow(/newer Vif \(0009-newer\.sql\)/);
    expect(await tables()).toEqual(['good', 'newer']);
  });

  it('is not done beneath a Vif that serves the database, and needs nobody’s leave where there is nothing to do', async () => {
    const serving = new pg.Client(database.connection);
    await serving.connect();
    await serving.query('select pg_advisory_lock(7116970003)');
    await put('0001-good.sql', 'create table good (id int)');
    await expect(migrate(database.owner, folder, 300)).rejects.toThrow(/Another Vif.*0001-good\.sql/);
    expect(await tables()).toEqual([]);
    setTimeout(() => void serving.query('select pg_advisory_unlock_all()'), 300);
    expect(await migrate(database.owner, folder)).toEqual(['0001-good.sql']);
    await serving.query('select pg_advisory_lock(7116970003)');
    expect(await migrate(database.owner, folder, 0)).toEqual([]);
    await serving.end();
  });

  it('sets the triggers right that a restored dump left switched on or off', async () => {
    const { owner } = database;
    await migrate(owner);
    const untracked = async () => (await owner.query('select vif_cache.untracked()')).rowCount;
    await owner.query(
      'alter table data.people enable trigger vif_cache_update; alter table auth."user" disable trigger all',
    );
    expect(await untracked()).toBe(2);
    await migrate(owner);
    expect(await untracked()).toBe(0);
  });

  it('bumps every table that was there before or is there after, in the migration’s own transaction', async () => {
    const { owner } = database;
    for (const name of await readdir(migrationsFolder))
      await put(name, await readFile(new URL(name, migrationsFolder), 'utf8'));
    await migrate(owner, folder);
    await owner.query('truncate vif_cache.outbox');
    const bulk = async () => {
      const { rows } = await owner.query<{ tags: string[] }>('select tags from vif_cache.outbox order by id');
      return rows.map(({ tags }) => tags);
    };
    await put('9998-bad.sql', 'alter table data.people alter notes type varchar; select 1 / 0');
    await expect(migrate(owner, folder)).rejects.toThrow('9998-bad.sql');
    expect(await bulk()).toEqual([]);
    await put(
      '9998-bad.sql',
      'alter table data.audit_entries rename to entries; drop view app.audit_entries; create table data.more (id int); select vif_cache.track($$data.more$$)',
    );
    await migrate(owner, folder);
    const [before, after] = await bulk();
    expect(before).toContain('*:data.people:bulk');
    expect(before).toContain('*:data.audit_entries:bulk');
    expect(after).toContain('*:data.people:bulk');
    expect(after).toContain('*:data.more:bulk');
  });

  it('brings a database whose triggers were Vif’s own to those of the package', async () => {
    const { owner } = database;
    await owner.query(`create schema vif; create table vif.migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    const names = (await readdir(migrationsFolder)).toSorted();
    for (const name of names.filter((each) => each < '0008')) {
      const sql = await readFile(new URL(name, migrationsFolder), 'utf8');
      await owner.query(`begin; set local search_path = public; ${sql}; commit`);
      const checksum = createHash('sha256').update(sql).digest('hex');
      await owner.query('insert into vif.migrations (name, checksum) values ($1, $2)', [name, checksum]);
    }
    await owner.query(`insert into auth.organization (id, name, slug) values (gen_random_uuid(), 'A', 'a')`);
    expect(await migrate(owner)).toEqual(names.filter((name) => name >= '0008'));
    await owner.query(`insert into auth.organization (id, name, slug) values (gen_random_uuid(), 'B', 'b')`);
    const { rows } = await owner.query<{ table_name: string | null }>(
      `select table_name from vif_cache.outbox where operation is distinct from 'BULK' and operation is distinct from 'TRACK' order by id`,
    );
    expect(rows.map((row) => row.table_name)).toEqual([null, 'auth.organization']);
    expect((await owner.query('select vif_cache.untracked()')).rows).toEqual([]);
    expect(await migrate(owner)).toEqual([]);
  });

  it('installs nothing of the cache’s beneath a Vif that serves the database', async () => {
    const { owner } = database;
    await migrate(owner);
    await owner.query(`update vif_cache.version set checksum = 'older'`);
    const serving = new pg.Client(database.connection);
    await serving.connect();
    await serving.query('select pg_advisory_lock(7116970003)');
    await expect(migrate(owner, undefined, 300)).rejects.toThrow('the cache’s triggers');
    await serving.end();
    expect(await migrate(owner)).toEqual([]);
  });

  it('works where the owner’s search path is somebody else’s', async () => {
    await database.owner.query('create schema elsewhere; set search_path = elsewhere');
    await migrate(database.owner);
    const { rows } = await database.owner.query(`select from pg_tables where schemaname = 'elsewhere'`);
    expect(rows).toEqual([]);
  });
});
