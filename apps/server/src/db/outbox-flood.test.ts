import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

it('an outbox that was empty and has 100,000 rows is drained, and the cache goes on', async () => {
  const { owner } = vif.database;
  const { admin } = await vif.workspace('Acme');
  // What a planner knows of it is that it is empty; several looks have made their plans by then.
  await owner.query('vacuum analyze vif_cache.outbox');
  for (let n = 0; n < 10; n++) await admin.ask('/api/v1/organisations', { body: { name: `Gravity ${n}` } });
  await owner.query(
    `insert into vif_cache.outbox (connection, tags) select '', array['nobody:nothing:any'] from generate_series(1, 100000)`,
  );
  const left = async () => (await owner.query('select from vif_cache.outbox limit 1')).rowCount;
  await expect.poll(left, { timeout: 15_000 }).toBe(0);
  await expect.poll(() => vif.house.cache.available, { timeout: 5000 }).toBe(true);
});
