import { watch } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startEmbedded } from './embedded-postgres.ts';
import { unsafeTestSettings } from './postgres-settings.ts';
import { ask } from './testing/ask.ts';
import { temporaryDataFolder } from './testing/temporary-data-folder.ts';
import { until } from './testing/until.ts';
import { startVifInAProcess } from './testing/vif-in-a-process.ts';

// A first start writes 40 MB, for which a shared disk may take seconds.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const folder = temporaryDataFolder();
const say = () => {};

const mode = async (path: string) => (await stat(path)).mode & 0o777;

test('the first start makes a durable UTF-8 database that only the password opens', async () => {
  const postgres = await startEmbedded({ dataFolder: folder.dataFolder, say });
  const { connection } = postgres;
  const [row] = await ask(
    connection,
    `select current_user as "user", current_database() as database, pg_encoding_to_char(encoding) as encoding,
       datlocprovider as provider, datlocale as locale, current_setting('data_checksums') as checksums,
       current_setting('fsync') as fsync, current_setting('synchronous_commit') as "synchronousCommit",
       current_setting('listen_addresses') as addresses, current_setting('jit') as jit,
       current_setting('password_encryption') as encryption
     from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({
    user: 'vif',
    database: 'vif',
    encoding: 'UTF8',
    provider: 'b',
    locale: 'C.UTF-8',
    checksums: 'on',
    fsync: 'on',
    synchronousCommit: 'on',
    addresses: '',
    jit: 'off',
    encryption: 'scram-sha-256',
  });
  const methods = await ask(connection, 'select distinct auth_method from pg_hba_file_rules');
  expect(methods).toEqual([{ auth_method: 'scram-sha-256' }]);
  await expect(ask({ ...connection, password: 'wrong' }, 'select 1')).rejects.toMatchObject({
    code: '28P01',
  });
  const sorted = await ask(
    connection,
    `select string_agg(w, '' order by w collate "fr-x-icu") as sorted
    from unnest(array['z', 'É', 'a', 'e', 'f']) as w`,
  );
  expect(sorted).toEqual([{ sorted: 'aeÉfz' }]);
  await postgres.stop();
});

test('the files are closed to others, and the password is nowhere but in its file', async () => {
  const temporary = join(folder.parent, 'temporary');
  await mkdir(temporary, { mode: 0o777 });
  const touched: unknown[] = [];
  const watcher = watch(temporary, (_, name) => touched.push(name));
  const env = { TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  const vif = await startVifInAProcess(folder.dataFolder, { env });
  watcher.close();
  expect(touched).toEqual([]);
  await rm(temporary, { recursive: true });

  const { dataFolder } = folder;
  // The group is that of PostgreSQL's user, who may only pass through.
  expect(await mode(dataFolder)).toBe(process.getuid?.() === 0 ? 0o710 : 0o700);
  expect(await mode(join(dataFolder, 'postgres-password'))).toBe(0o600);
  expect(await mode(join(dataFolder, 'postgres.log'))).toBe(0o600);
  expect(await mode(join(dataFolder, 'postgres'))).toBe(0o700);
  expect(await mode(join(dataFolder, 'socket'))).toBe(0o700);

  const password = (await readFile(join(dataFolder, 'postgres-password'), 'utf8')).trim();
  expect(password).toBe(vif.connection.password);
  expect(password.length).toBeGreaterThan(40);
  const holders = [];
  for (const entry of await readdir(dataFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(password)) holders.push(entry.name);
  }
  expect(holders).toEqual(['postgres-password']);
  expect(await vif.end()).toBe(0);
});

test('the second start finds the data, with the same password', async () => {
  const first = await startEmbedded({ dataFolder: folder.dataFolder, say });
  await ask(first.connection, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await startEmbedded({ dataFolder: folder.dataFolder, say });
  expect(second.connection).toEqual(first.connection);
  expect(await ask(second.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('a start that was killed while it made the database is made good by the next one', async () => {
  const { dataFolder } = folder;
  const doomed = startVifInAProcess(dataFolder);
  doomed.catch(() => {});
  const drafts = async () =>
    (await readdir(dataFolder).catch(() => [])).filter((name) => name.startsWith('postgres-new-'));
  const pidOf = async () => Number(await readFile(join(dataFolder, 'vif.pid'), 'utf8'));
  await until('initdb is at work', async () => {
    const [draft] = await drafts();
    const made = draft === undefined ? [] : await readdir(join(dataFolder, draft, 'cluster')).catch(() => []);
    return made.includes('PG_VERSION');
  });
  process.kill(await pidOf(), 'SIGKILL');
  await expect(doomed).rejects.toThrow(/ended before/);
  expect(await readdir(dataFolder)).not.toContain('postgres');

  const vif = await startVifInAProcess(dataFolder);
  expect(await ask(vif.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  await vif.end();
  // The initdb that was left alone may have written on for a moment; it is gone by the start after that.
  const again = await startVifInAProcess(dataFolder);
  expect(await drafts()).toEqual([]);
  await again.end();
});

test('a database of another major version is refused and left as it was', async () => {
  const first = await startEmbedded({ dataFolder: folder.dataFolder, say, settings: unsafeTestSettings });
  await first.stop();
  const version = join(folder.dataFolder, 'postgres', 'PG_VERSION');
  await writeFile(version, '17\n');
  await expect(startEmbedded({ dataFolder: folder.dataFolder, say })).rejects.toThrow(
    /is one of PostgreSQL 17, and this Vif comes with PostgreSQL 18: start the Vif that made it/,
  );
  await writeFile(version, '18\n');
  const second = await startEmbedded({ dataFolder: folder.dataFolder, say });
  expect(await ask(second.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
});

test('files that are no whole database are refused and left as they were', async () => {
  const cluster = join(folder.dataFolder, 'postgres');
  await mkdir(join(cluster, 'base'), { recursive: true });
  await expect(startEmbedded({ dataFolder: folder.dataFolder, say })).rejects.toThrow(/is no whole database/);
  expect(await readdir(cluster)).toEqual(['base']);
});

test('a database without its password, or with another, is refused with what to do', async () => {
  const password = join(folder.dataFolder, 'postgres-password');
  const first = await startEmbedded({ dataFolder: folder.dataFolder, say, settings: unsafeTestSettings });
  await first.stop();
  await rename(password, `${password}.away`);
  await expect(startEmbedded({ dataFolder: folder.dataFolder, say })).rejects.toThrow(/copy that file back/);
  await writeFile(password, 'another\n');
  await expect(startEmbedded({ dataFolder: folder.dataFolder, say })).rejects.toThrow(
    /does not take the password.*same backup/,
  );
  expect(await folder.postgresPid()).toBeUndefined();
});

test('the database may be linked to another disk, and a missing disk is not an empty database', async () => {
  const { dataFolder } = folder;
  const first = await startEmbedded({ dataFolder, say, settings: unsafeTestSettings });
  await ask(first.connection, 'create table kept ()');
  await first.stop();
  const disk = join(folder.parent, 'disk');
  await rename(join(dataFolder, 'postgres'), disk);
  await symlink(disk, join(dataFolder, 'postgres'));
  const second = await startEmbedded({ dataFolder, say, settings: unsafeTestSettings });
  expect(await ask(second.connection, 'select from kept')).toEqual([]);
  await second.stop();
  await rename(disk, `${disk}-away`);
  await expect(startEmbedded({ dataFolder, say })).rejects.toThrow(/is not there: bring it back/);
});

test('a path with every odd character works', async () => {
  const dataFolder = join(folder.parent, `d $HOME "a', b" \`é`);
  const postgres = await startEmbedded({ dataFolder, say, settings: unsafeTestSettings });
  expect(await ask(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  await postgres.stop();
});

test('a copy of the stopped data folder is a backup', async () => {
  const first = await startEmbedded({ dataFolder: folder.dataFolder, say, settings: unsafeTestSettings });
  await ask(first.connection, 'create table kept as select 42 as answer');
  await first.stop();
  // Copied as root copies: owners and modes are not kept.
  const restored = join(folder.parent, 'restored');
  await cp(folder.dataFolder, restored, { recursive: true });
  const second = await startEmbedded({ dataFolder: restored, say, settings: unsafeTestSettings });
  expect(await ask(second.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});
