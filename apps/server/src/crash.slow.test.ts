import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDataFolder } from './db/embedded/testing/temporary-data-folder.ts';
import { type SpawnedVif, setUp, spawnVif } from './testing/spawn-vif.ts';

const folder = temporaryDataFolder();

/** Organisations to be acknowledged in all, by this many writers at a time. */
const wanted = 200;
const writers = 8;

it('has every acknowledged write after kill -9 of Vif and then of PostgreSQL', async () => {
  let vif: SpawnedVif = spawnVif({ VIF_DATA: folder.dataFolder });
  const { address, cookie } = await setUp(vif);
  let base = address;
  const acknowledged: string[] = [];
  const failures: string[] = [];
  let next = 0;

  const write = async () => {
    while (acknowledged.length < wanted) {
      const name = `Organisation ${next++}`;
      const answer = await fetch(`${base}/api/v1/organisations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ name }),
        signal: AbortSignal.timeout(30_000),
      }).catch((error: unknown) => String(error));
      if (typeof answer !== 'string' && answer.status === 201) {
        acknowledged.push(name);
        continue;
      }
      failures.push(typeof answer === 'string' ? answer : `${answer.status} ${await answer.text()}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const reached = async (count: number) => {
    while (acknowledged.length < count) await new Promise((resolve) => setImmediate(resolve));
  };

  const writing = Array.from({ length: writers }, write);
  await reached(wanted * 0.25);
  vif.kill('SIGKILL');
  await vif.exit();
  vif = spawnVif({ VIF_DATA: folder.dataFolder });
  base = await vif.ready();

  await reached(wanted * 0.6);
  const [pid = ''] = (await readFile(join(folder.dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
  await vif.says(/ended by itself/);
  await Promise.all(writing);

  const stored = new Set<string>();
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await fetch(`${base}/api/v1/organisations?pageSize=200&page=${page}`, {
      headers: { cookie },
    });
    const body = (await answer.json()) as { items: { name: string }[]; pages: number }; // the contract's page
    pages = body.pages;
    for (const { name } of body.items) stored.add(name);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(wanted);
  expect(acknowledged.filter((name) => !stored.has(name))).toEqual([]);
  // Both crashes were felt, or nothing was tested; and none was answered as a fault of Vif's own.
  expect(failures.length).toBeGreaterThan(0);
  expect(
    failures.filter((failure) => failure.startsWith('500')),
    vif.said(),
  ).toEqual([]);

  vif.kill('SIGTERM');
  expect(await vif.exit()).toBe(0);
});
