import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';

const started: TestVif[] = [];
let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
  started.push(vif);
});
afterAll(() => Promise.all(started.map((one) => one.close())));

const lease = (from: TestVif) =>
  from.database.owner.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 7116970003 % 4294967296
     and database = (select oid from pg_database where datname = current_database())`,
  );

it('tells that the cache is there, and how long ago the outbox was looked through', async () => {
  const answer = await vif.ask('/health');
  expect(answer.statusCode).toBe(200);
  const number: unknown = expect.any(Number);
  expect(answer.json()).toMatchObject({
    status: 'ok',
    cache: { available: true, latency: number, lag: number },
  });
  expect(answer.json<{ cache: { lag: number } }>().cache.lag).toBeLessThan(500);
});

it('is degraded, and works, while the connection that the cache stands on is gone', async () => {
  expect((await lease(vif)).rowCount).toBe(1);
  await expect
    .poll(async () => (await vif.ask('/health')).json<{ status: string }>().status, { interval: 5 })
    .toBe('degraded');
  expect((await vif.ask('/health')).statusCode).toBe(200);
  await expect
    .poll(async () => (await vif.ask('/health')).json<{ status: string }>().status, { timeout: 10_000 })
    .toBe('ok');
});

it('is ok without the cache where nobody wants one', async () => {
  const off = await startVif({ cacheMemory: 0 });
  started.push(off);
  const answer = await off.ask('/health', { headers: { 'accept-language': 'fr' } });
  expect(answer.json()).toMatchObject({
    status: 'ok',
    cache: { available: false, message: 'Le cache est désactivé (CACHE_MEMORY=0).' },
  });
});
