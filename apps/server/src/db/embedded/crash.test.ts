import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { adoptOrStart } from './adopt-or-start.ts';
import { startEmbedded } from './embedded-postgres.ts';
import { unsafeTestSettings } from './postgres-settings.ts';
import { choosePostgresUser } from './postgres-user.ts';
import { findPostmaster } from './postmaster.ts';
import { prepareLaunch } from './prepare-launch.ts';
import { asUser } from './run-program.ts';
import { ask } from './testing/ask.ts';
import { temporaryDataFolder } from './testing/temporary-data-folder.ts';
import { until } from './testing/until.ts';
import { startVifInAProcess } from './testing/vif-in-a-process.ts';

// A shared disk may take seconds for what PostgreSQL waits for after a crash.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = temporaryDataFolder({ withDatabase: true });
const say = () => {};
const settings = unsafeTestSettings;

async function killPostgres(): Promise<number> {
  const pid = await folder.postgresPid();
  if (pid === undefined) throw new Error('No PostgreSQL runs.');
  process.kill(pid, 'SIGKILL');
  return pid;
}

const answers = (connection: Parameters<typeof ask>[0]) =>
  ask(connection, 'select 1').then(
    () => true,
    () => false,
  );

test('after kill -9 of Vif the next one takes over the server that still runs', async () => {
  const first = await startVifInAProcess(folder.dataFolder);
  await ask(first.connection, 'create table kept as select 42 as answer');
  const pid = await folder.postgresPid();
  await first.kill();
  expect(await folder.postgresPid()).toBe(pid);

  const second = await startVifInAProcess(folder.dataFolder);
  expect(await folder.postgresPid()).toBe(pid);
  expect(second.connection).toEqual(first.connection);
  expect(await ask(second.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);

  // It is watched like one of its own.
  await killPostgres();
  await until('it runs again', () => answers(second.connection));
  expect(await folder.postgresPid()).not.toBe(pid);
  expect(await second.end()).toBe(0);
  expect(await folder.postgresPid()).toBeUndefined();
});

test('after kill -9 of Vif and of PostgreSQL the next start replays what was committed', async () => {
  const first = await startVifInAProcess(folder.dataFolder, { settings: {} });
  await ask(first.connection, 'create table kept as select 42 as answer');
  await first.kill();
  await killPostgres();
  const second = await startVifInAProcess(folder.dataFolder);
  expect(await ask(second.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.end();
});

test('no acknowledged write is lost when PostgreSQL is killed during 200 of them', async () => {
  const sentences: string[] = [];
  const postgres = await startEmbedded({ dataFolder: folder.dataFolder, say: (it) => sentences.push(it) });
  const { connection } = postgres;
  await ask(connection, 'create table written (number integer)');
  const acknowledged: number[] = [];
  const pids = new Set<number>();
  for (let number = 1; number <= 200; number++) {
    const write = ask(connection, `insert into written values (${number})`);
    if (number % 70 === 0) pids.add(await killPostgres());
    const done = await write.then(
      () => true,
      () => false,
    );
    if (done) acknowledged.push(number);
    else await until('it runs again', () => answers(connection));
  }
  pids.add((await folder.postgresPid()) ?? 0);
  expect(pids.size).toBe(3);
  const kept = new Set((await ask(connection, 'select number from written')).map((row) => row.number));
  expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(190);
  expect(sentences.filter((it) => it.startsWith('The database ended by itself'))).toHaveLength(2);
  await postgres.stop();
});

test('a statement that the killed server left running does not keep the next one from starting', async () => {
  const postgres = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
  const busy = ask(postgres.connection, 'select count(*) from generate_series(1, 10000000000)').catch(
    () => {},
  );
  await until('it is busy', async () => {
    const rows = await ask(
      postgres.connection,
      "select from pg_stat_activity where query like '%generate_series(1, 1%' and state = 'active' and pid <> pg_backend_pid()",
    );
    return rows.length === 1;
  });
  await killPostgres();
  await until('it runs again', () => answers(postgres.connection), 20_000);
  await busy;
  // Which is what keeps two servers off the same files.
  const log = await readFile(join(folder.dataFolder, 'postgres.log'), 'utf8');
  expect(log).toContain('pre-existing shared memory block');
  await postgres.stop();
});

test('where the path is too long for a socket it listens on 127.0.0.1, and keeps the port', async () => {
  const dataFolder = join(folder.parent, 'x'.repeat(100));
  const sentences: string[] = [];
  const postgres = await startEmbedded({ dataFolder, say: (it) => sentences.push(it), settings });
  const { connection } = postgres;
  expect(connection.host).toBe('127.0.0.1');
  expect(await ask(connection, "select current_setting('listen_addresses') as on")).toEqual([
    { on: '127.0.0.1' },
  ]);

  const cluster = join(dataFolder, 'postgres');
  const user = await choosePostgresUser(cluster);
  let pid = (await findPostmaster(cluster, user))?.identity.pid ?? 0;
  let blocker = createServer();
  await until('the port can be taken', async () => {
    try {
      if (pid > 0) process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
    blocker = createServer((socket) => socket.destroy()).listen(connection.port, '127.0.0.1');
    const taken = once(blocker, 'listening').then(
      () => true,
      () => false,
    );
    if (await taken) return true;
    // Vif was faster.
    pid = (await findPostmaster(cluster, user))?.identity.pid ?? 0;
    return false;
  });
  await until(
    'it says that it cannot start',
    () => sentences.some((it) => it.includes('could not listen')),
    30_000,
  );
  blocker.close();
  await until('it runs again', () => answers(connection), 20_000);
  expect(sentences.at(-1)).toBe('The database runs again.');
  await postgres.stop();
});

test('one that was left running on a port is taken over with its port', async () => {
  const dataFolder = join(folder.parent, 'x'.repeat(100));
  const first = await startVifInAProcess(dataFolder);
  await first.kill();
  const second = await startVifInAProcess(dataFolder);
  expect(second.connection.host).toBe('127.0.0.1');
  expect(second.connection).toEqual(first.connection);
  await second.end();
});

test('one of another minor version, left from before an update, is stopped and started anew', async () => {
  const first = await startVifInAProcess(folder.dataFolder);
  await ask(first.connection, 'create table kept as select 42 as answer');
  await first.kill();
  const pid = await folder.postgresPid();
  const { launch, version } = await prepareLaunch({ dataFolder: folder.dataFolder, say });
  const { postmaster } = await adoptOrStart(launch, `${version}.1`);
  expect(postmaster.identity.pid).not.toBe(pid);
  expect(await ask(first.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('a process that has the number of the last server by now is not taken for it', async () => {
  const first = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
  const file = join(folder.dataFolder, 'postgres', 'postmaster.pid');
  const text = await readFile(file, 'utf8');
  await first.stop();
  // Of the same user, which is what PostgreSQL itself looks at.
  const user = await choosePostgresUser(join(folder.dataFolder, 'postgres'));
  const other = spawn('sleep', ['60'], asUser(user));
  try {
    await writeFile(file, text.replace(/^\d+/, String(other.pid)));
    const second = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
    expect(await ask(second.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(other.exitCode).toBeNull();
    expect(other.signalCode).toBeNull();
  } finally {
    other.kill('SIGKILL');
  }
});

test('a server that was left running while the data folder was moved is replaced: it writes to the old path', async () => {
  const first = await startVifInAProcess(folder.dataFolder);
  await ask(first.connection, 'create table kept as select 42 as answer');
  await first.kill();
  const pid = await folder.postgresPid();
  const away = join(folder.parent, 'away');
  await rename(folder.dataFolder, away);
  const second = await startVifInAProcess(away);
  expect(second.connection.host).toBe(join(away, 'socket'));
  const [row] = await ask(second.connection, "select pg_read_file('postmaster.pid') as file");
  expect(String(row?.file).startsWith(`${pid}\n`)).toBe(false);
  await ask(second.connection, 'checkpoint');
  expect(await ask(second.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.end();
});
