import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from './data-folder-lock.ts';
import { readRunningServer, writeRunningServer } from './running-server.ts';

const server = { pid: process.pid, address: 'http://127.0.0.1:3000' };
let parent: string;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'vif-lock-'));
  folder = join(parent, 'data');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(parent, { recursive: true, force: true });
});

/** Another process that takes the lock and keeps it; answers what came of it. */
async function otherVif(then = ''): Promise<{ child: ChildProcess; said: string }> {
  const lock = new URL('./data-folder-lock.ts', import.meta.url).href;
  const code = `
    const { lockDataFolder } = await import(${JSON.stringify(lock)});
    try { await lockDataFolder(${JSON.stringify(folder)}); ${then}; console.log('locked'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.code + ' ' + error.message); }`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [chunk] = await once(child.stdout, 'data');
  return { child, said: String(chunk).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test('a second Vif is refused with a sentence that names the first', async () => {
  const lock = await lockDataFolder(folder);
  const { said } = await otherVif();
  expect(said).toContain('data-folder-in-use');
  expect(said).toContain(`process ${process.pid}`);
  expect(said).toContain(folder);
  await lock.release();
  expect((await otherVif()).said).toBe('locked');
});

test('a second lock in the same process is refused, and leaves the first one', async () => {
  const lock = await lockDataFolder(folder);
  await expect(lockDataFolder(folder)).rejects.toMatchObject({ code: 'data-folder-in-use' });
  expect((await otherVif()).said).toContain('data-folder-in-use');
  await lock.release();
});

test('of several that start at the same instant one gets the folder', async () => {
  const said = (await Promise.all([otherVif(), otherVif(), otherVif(), otherVif()])).map(
    (other) => other.said,
  );
  expect(said.filter((line) => line === 'locked')).toHaveLength(1);
  expect(said.filter((line) => line.startsWith('data-folder-in-use'))).toHaveLength(3);
});

test('the folder of a killed Vif is free at once, whoever has its process number now', async () => {
  const { child, said } = await otherVif();
  expect(said).toBe('locked');
  await kill(child);
  // The number of a process that lives: this one.
  await writeFile(join(folder, 'vif.pid'), `${process.pid}\n`);
  const before = performance.now();
  const lock = await lockDataFolder(folder);
  expect(performance.now() - before).toBeLessThan(500);
  await lock.release();
});

test('a child that a killed Vif left running does not keep the folder', async () => {
  const { child, said } = await otherVif(`
    const { pid } = (await import('node:child_process')).spawn('sleep', ['60'], { detached: true });
    (await import('node:fs')).writeFileSync(${JSON.stringify(join(parent, 'left'))}, String(pid))`);
  expect(said).toBe('locked');
  await kill(child);
  const left = Number(await readFile(join(parent, 'left'), 'utf8'));
  try {
    expect(process.kill(left, 0)).toBe(true);
    await (await lockDataFolder(folder)).release();
  } finally {
    process.kill(left, 'SIGKILL');
  }
});

test('the lock stays when nobody holds its object any more', async () => {
  const { said } = await otherVif('globalThis.gc(); await new Promise(setImmediate); globalThis.gc()');
  expect(said).toBe('locked');
  await expect(lockDataFolder(folder)).rejects.toMatchObject({ code: 'data-folder-in-use' });
});

test('the running server is found while its Vif lives, by nobody but its user, and not afterwards', async () => {
  const lock = await lockDataFolder(folder);
  expect(await readRunningServer(folder)).toBeUndefined();
  await writeRunningServer(folder, server);
  expect(await readRunningServer(folder)).toEqual(server);
  expect((await stat(join(folder, 'server.json'))).mode & 0o777).toBe(0o600);
  await lock.release();
  expect(await readRunningServer(folder)).toBeUndefined();
  expect(await readdir(folder)).toEqual(['vif.lock']);
});

test('the running server of a killed Vif is not found, nor by the next Vif before it listens', async () => {
  const module = JSON.stringify(new URL('./running-server.ts', import.meta.url).href);
  const { child } = await otherVif(
    `await (await import(${module})).writeRunningServer(${JSON.stringify(folder)}, ${JSON.stringify(server)})`,
  );
  expect(await readRunningServer(folder)).toEqual(server);
  await kill(child);
  expect(await readRunningServer(folder)).toBeUndefined();
  const lock = await lockDataFolder(folder);
  expect(await readRunningServer(folder)).toBeUndefined();
  await lock.release();
});

test('commands that look who runs never keep a Vif from starting', async () => {
  await (await lockDataFolder(folder)).release();
  const module = JSON.stringify(new URL('./running-server.ts', import.meta.url).href);
  const code = `
    const { readRunningServer } = await import(${module});
    for (let looks = 1; ; looks++) {
      await readRunningServer(${JSON.stringify(folder)});
      if (looks === 10) console.log('looking');
    }`;
  const looker = spawn(process.execPath, ['--input-type=module', '-e', code]);
  children.push(looker);
  await once(looker.stdout, 'data');
  for (let start = 0; start < 100; start++) await (await lockDataFolder(folder)).release();
  expect(looker.exitCode).toBeNull();
});

test('the data folder and its lock are closed to other users', async () => {
  const lock = await lockDataFolder(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'vif.lock'))).mode & 0o777).toBe(0o600);
  await lock.release();
  await chmod(folder, 0o755);
  await (await lockDataFolder(folder)).release();
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("a folder with other people's files is refused and left as it was", async () => {
  await chmod(parent, 0o755);
  await writeFile(join(parent, 'letter.txt'), 'Dear Sir');
  await expect(lockDataFolder(parent)).rejects.toThrow(/not Vif's: set VIF_DATA/);
  expect((await stat(parent)).mode & 0o777).toBe(0o755);
  expect(await readdir(parent)).toEqual(['letter.txt']);
});

test('a data folder that is a file is refused with a sentence', async () => {
  await writeFile(folder, '');
  await expect(lockDataFolder(folder)).rejects.toThrow(/is a file/);
  await expect(lockDataFolder(join(folder, 'below'))).rejects.toThrow(/is a file, or lies below one/);
});
