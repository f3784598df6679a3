import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import pg from 'pg';
import { expect, inject, it, vi } from 'vitest';
import { temporaryDataFolder } from './db/embedded/testing/temporary-data-folder.ts';
import { setUp, spawnVif } from './testing/spawn-vif.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = temporaryDataFolder();

/** An empty database on the run's own server, by the address that an administrator would give. */
async function emptyDatabase(): Promise<{ url: string; name: string }> {
  const server = inject('postgres');
  const name = `lifecycle_${randomUUID().slice(0, 8)}`;
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(`postgres://localhost/${name}`);
  url.username = server.user ?? '';
  url.password = String(server.password);
  url.searchParams.set('host', server.host ?? '');
  url.port = String(server.port ?? 5432);
  return { url: url.href, name };
}

it('lets a request under way end before it stops, and refuses a second Vif on its folder', async () => {
  const vif = spawnVif({ VIF_DATA: folder.dataFolder });
  const { address, cookie } = await setUp(vif);

  const second = spawnVif({ VIF_DATA: folder.dataFolder });
  expect(await second.exit()).toBe(1);
  expect(second.said()).toMatch(/Another Vif .*uses the data folder/);

  // Its body is still on the way when Vif is told to stop.
  const body = JSON.stringify({ name: 'Written while stopping' });
  const slow = request(`${address}/api/v1/organisations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length, cookie },
  });
  slow.write(body.slice(0, 5));
  await vif.says(/Set it up/);
  await new Promise<void>((resolve) =>
    slow.once('socket', (socket) =>
      socket.connecting ? socket.once('connect', () => resolve()) : resolve(),
    ),
  );
  vif.kill('SIGTERM');
  await vif.says(/Stopping/);
  slow.end(body.slice(5));
  const answer = await new Promise<IncomingMessage>((resolve) => slow.once('response', resolve));
  expect(answer.statusCode).toBe(201);
  answer.resume();
  expect(await vif.exit()).toBe(0);
});

it('stops in order when npm, which started it, is gone', async () => {
  const variables = { VIF_DATA: `${folder.dataFolder}-npm`, npm_lifecycle_event: 'start' };
  const vif = spawnVif({ ...variables, DATABASE_URL: (await emptyDatabase()).url }, [
    'sh',
    '-c',
    '"$@" & wait',
    'sh',
  ]);
  const address = await vif.ready();
  vif.kill('SIGKILL');
  await vif.says(/Stopping/);
  await vif.exit();
  await expect(fetch(`${address}/health`)).rejects.toThrow('fetch failed');
});

it.each(['SIGTERM', 'SIGHUP'] as const)(
  'stops in order on %s when nobody listens any more',
  async (signal) => {
    const { url } = await emptyDatabase();
    const vif = spawnVif({ VIF_DATA: `${folder.dataFolder}-${signal}`, DATABASE_URL: url });
    await vif.ready();
    vif.process.stdout?.destroy();
    vif.process.stderr?.destroy();
    vif.kill(signal);
    expect(await vif.exit()).toBe(0);
  },
);

it('keeps answering /health while DATABASE_URL cannot be reached, and opens when it can', async () => {
  const { url } = await emptyDatabase();
  const server = inject('postgres');
  // A door that is shut at first: connections are refused until it passes them on to the real server.
  const door = createServer((socket) => {
    const target = server.host?.startsWith('/')
      ? { path: `${server.host}/.s.PGSQL.${server.port}` }
      : { host: server.host ?? '', port: server.port ?? 5432 };
    const onward = connect(target);
    socket.pipe(onward).pipe(socket);
    for (const one of [socket, onward])
      one.on('error', () => one.destroy()).on('close', () => (socket.destroy(), onward.destroy()));
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const { port } = door.address() as { port: number }; // a TCP server's
  door.close();
  const through = new URL(url);
  through.searchParams.delete('host');
  through.hostname = '127.0.0.1';
  through.port = String(port);
  const own = createServer().listen(0, '127.0.0.1');
  await once(own, 'listening');
  const { port: vifPort } = own.address() as { port: number }; // a TCP server's
  own.close();

  const vif = spawnVif({
    VIF_DATA: `${folder.dataFolder}-away`,
    DATABASE_URL: through.href,
    PORT: String(vifPort),
  });
  await vif.says(/The database cannot be reached/);
  const health = () =>
    fetch(`http://127.0.0.1:${vifPort}/health`, { headers: { 'accept-language': 'fr' } }).catch(
      () => undefined,
    );
  await vi.waitFor(async () => expect((await health())?.status).toBe(503), { timeout: 20_000 });
  expect(await (await health())?.json()).toMatchObject({
    status: 'starting',
    database: { available: false },
  });
  expect(vif.said()).not.toContain(String(server.password));

  door.listen(port, '127.0.0.1');
  await vif.ready();
  expect((await health())?.status).toBe(200);
  vif.kill('SIGINT');
  expect(await vif.exit()).toBe(0);
  door.close();
});

it('is refused while another serves the database, and takes over when that one ends', async () => {
  const { url } = await emptyDatabase();
  const start = (name: string) => spawnVif({ VIF_DATA: `${folder.dataFolder}-${name}`, DATABASE_URL: url });
  const one = start('one');
  await one.ready();
  const { cookie } = await setUp(one);
  const two = start('two');
  expect(await two.exit()).toBe(1);
  expect(two.said()).toMatch(/another process/i);
  expect(two.said()).not.toMatch(/^\s+at /m);
  const waiting = start('three');
  await waiting.says(/waits/);
  one.kill('SIGTERM');
  const address = await waiting.ready();
  expect((await fetch(`${address}/api/v1/me`, { headers: { cookie } })).status).toBe(200);
  waiting.kill('SIGTERM');
  expect(await Promise.all([one.exit(), waiting.exit()])).toEqual([0, 0]);
});

it('says in a sentence what is wrong with its settings, without their values', async () => {
  const vif = spawnVif({
    VIF_DATA: folder.dataFolder,
    DATABASE_URL: 'mysql://root:secret@nowhere/db',
    PORT: '70000',
  });
  expect(await vif.exit()).toBe(1);
  expect(vif.said()).toMatch(/PORT/);
  expect(vif.said()).toMatch(/DATABASE_URL/);
  expect(vif.said()).not.toContain('secret');
});

it('refuses several workers without a Redis in a sentence', async () => {
  const vif = spawnVif({ VIF_DATA: folder.dataFolder, VIF_WORKERS: '2' });
  expect(await vif.exit()).toBe(1);
  expect(vif.said()).toMatch(/VIF_WORKERS: several processes need one cache in common: set REDIS_URL/);
  expect(vif.said()).not.toMatch(/^\s+at /m);
});
