import { describe, expect, it } from 'vitest';
import { LeaseScene } from '../testing/lease-scene.ts';

const scene = new LeaseScene();
const expectEventually = (ask: () => unknown) => expect.poll(ask, { timeout: 10_000, interval: 5 });

describe('a lease', () => {
  it('is not held while a table’s writes leave no row, and says which', async () => {
    const { lease, said, happened } = await scene.open({ poll: 20, driftEvery: 50 });
    await scene.owner.query('alter table data.people disable trigger vif_cache_update');
    await expectEventually(() => lease.held).toBe(false);
    await lease.acknowledge(undefined);
    expect(said).toEqual([expect.stringContaining('data.people')]);
    expect(happened).toEqual([]);
    await scene.owner.query('alter table data.people enable always trigger vif_cache_update');
    await expectEventually(() => lease.held).toBe(true);
    expect(happened).toEqual(['forget']);
    expect(said[1]).toBe('The cache is on again.');
  });

  it.each([
    [
      'triggers were off between two looks',
      `begin; alter table data.people disable trigger vif_cache_update; update data.people set notes = notes;
       alter table data.people enable always trigger vif_cache_update; commit`,
    ],
    ['a table was rewritten', 'vacuum full auth.verification'],
    ['the outbox was emptied', 'truncate vif_cache.outbox restart identity'],
  ])('forgets when %s, and is held', async (_, change) => {
    const { lease, happened, said } = await scene.open({ poll: 20, driftEvery: 0 });
    await scene.owner.query('analyze');
    await scene.owner.query('vacuum auth.verification');
    await lease.acknowledge(undefined); // a look that began behind that
    expect(happened).toEqual([]);
    await scene.owner.query(change);
    await expectEventually(() => happened).toEqual(['forget']);
    expect([lease.held, said]).toEqual([true, []]);
  });

  it('is not held from the start where a table is untracked', async () => {
    await scene.owner.query('alter table data.people disable trigger vif_cache_update');
    const { lease, said } = await scene.open();
    await scene.owner.query('alter table data.people enable always trigger vif_cache_update');
    expect([lease.held, said.length]).toEqual([false, 1]);
  });
});
