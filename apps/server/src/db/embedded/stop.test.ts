import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startEmbedded } from './embedded-postgres.ts';
import { unsafeTestSettings } from './postgres-settings.ts';
import { startSharedTestServer } from './shared-test-server.ts';
import { ask } from './testing/ask.ts';
import { temporaryDataFolder } from './testing/temporary-data-folder.ts';
import { until } from './testing/until.ts';
import { startVifInAProcess } from './testing/vif-in-a-process.ts';

// A first start writes 40 MB, for which a shared disk may take seconds.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const folder = temporaryDataFolder({ withDatabase: true });
const say = () => {};
const settings = unsafeTestSettings;

/** The servers of the cluster, by their command lines. */
async function processesOf(cluster: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,args=']);
  return stdout.split('\n').filter((line) => line.includes(cluster));
}

test('stop leaves no process and no socket, whoever is connected, and may be called again', async () => {
  const postgres = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
  const cluster = join(folder.dataFolder, 'postgres');
  expect(await processesOf(cluster)).toHaveLength(1);
  expect(await readdir(join(folder.dataFolder, 'socket'))).toContain('.s.PGSQL.5432');

  const client = new Client(postgres.connection);
  client.on('error', () => {});
  await client.connect();
  const sleeping = client.query('select pg_sleep(60)').catch((error: unknown) => error);
  const stopped = postgres.stop();
  expect(postgres.stop()).toBe(stopped);
  await stopped;
  expect(await sleeping).toBeInstanceOf(Error);
  expect(await processesOf(cluster)).toEqual([]);
  expect(await folder.postgresPid()).toBeUndefined();
  expect(await readdir(join(folder.dataFolder, 'socket'))).toEqual([]);
  expect(await readdir(cluster)).not.toContain('postmaster.pid');
  await client.end();
});

test('a Ctrl-C at the terminal of Vif does not reach the database', async () => {
  const vif = await startVifInAProcess(folder.dataFolder);
  const pid = await folder.postgresPid();
  const session = async (of: number | undefined) => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'sess=', '-p', String(of)]);
    return stdout.trim();
  };
  expect(await session(pid)).not.toBe(await session(vif.child.pid));
  const client = new Client(vif.connection);
  await client.connect();
  const request = client.query('select pg_sleep(0.3), 1 as one');
  // What a terminal does: to every process of the group.
  process.kill(-(vif.child.pid ?? 0), 'SIGINT');
  expect((await request).rows[0]).toMatchObject({ one: 1 });
  await client.end();
  expect(await folder.postgresPid()).toBe(pid);
  await vif.end();
});

test('a server that was killed just before stop is not started again', async () => {
  const sentences: string[] = [];
  const postgres = await startEmbedded({
    dataFolder: folder.dataFolder,
    say: (it) => sentences.push(it),
    settings,
  });
  const before = sentences.length;
  process.kill((await folder.postgresPid()) ?? 0, 'SIGKILL');
  await postgres.stop();
  expect(await folder.postgresPid()).toBeUndefined();
  // Others on the same folder, for longer than the first one would take to notice.
  for (const end = Date.now() + 500; Date.now() < end; ) {
    const next = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
    await next.stop();
  }
  expect(sentences.slice(before)).toEqual([]);
});

test('stop while it is being started again ends it', async () => {
  const sentences: string[] = [];
  const postgres = await startEmbedded({
    dataFolder: folder.dataFolder,
    say: (it) => sentences.push(it),
    settings,
  });
  process.kill((await folder.postgresPid()) ?? 0, 'SIGKILL');
  await until('its end is noticed', () =>
    sentences.some((it) => it.startsWith('The database ended by itself')),
  );
  await postgres.stop();
  expect(await folder.postgresPid()).toBeUndefined();
  await expect(ask(postgres.connection, 'select 1')).rejects.toThrow(/ENOENT/);
});

test('a Vif that ends without stop leaves the server for the next one', async () => {
  const vif = await startVifInAProcess(folder.dataFolder);
  await vif.kill();
  expect(await ask(vif.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('the log stays bounded', async () => {
  const first = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
  await first.stop();
  const log = join(folder.dataFolder, 'postgres.log');
  await truncate(log, 6_000_000);
  const second = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
  expect((await readFile(log)).length).toBeLessThan(10_000);
  expect((await readFile(`${log}.1`)).length).toBe(6_000_000);
  await second.stop();
});

describe("the test suite's server", () => {
  beforeEach(() => vi.stubEnv('TMPDIR', folder.parent));
  afterEach(() => vi.unstubAllEnvs());

  test('is fast, unsafe and gone afterwards', async () => {
    const server = await startSharedTestServer();
    expect(await ask(server.connection, "select current_setting('fsync') as fsync")).toEqual([
      { fsync: 'off' },
    ]);
    expect(await processesOf(folder.parent)).toHaveLength(1);
    await server.stop();
    expect(await readdir(folder.parent)).toEqual(['data']);
  });

  test('of a killed run is removed by the next run, and one that is in use is not', async () => {
    const inUse = await startSharedTestServer();
    const module = JSON.stringify(new URL('./shared-test-server.ts', import.meta.url).href);
    const code = `await (await import(${module})).startSharedTestServer(); console.log('runs'); setInterval(() => {}, 1000)`;
    const killed = spawn(process.execPath, ['--input-type=module', '-e', code]);
    await once(killed.stdout, 'data');
    expect(await processesOf(folder.parent)).toHaveLength(2);
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const next = await startSharedTestServer();
    expect(await processesOf(folder.parent)).toHaveLength(2);
    expect(await ask(inUse.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.stop();
    await inUse.stop();
    expect(await readdir(folder.parent)).toEqual(['data']);
  });
});
