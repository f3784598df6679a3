import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';
import { emptyBins } from './empty-bins.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

it('deletes for good what has been in any bin for 30 days, and nothing sooner', async () => {
  for (const name of ['First', 'Second']) {
    const { id, admin } = await vif.workspace(name);
    const make = async (path: string, body: object) =>
      (await admin.ask(`/api/v1/${path}`, { body })).json<{ id: string }>().id;
    const old = await make('organisations', { name: 'Old' });
    await make('organisations', { name: 'Young' });
    await make('organisations', { name: 'Kept' });
    await make('people', { lastName: 'Old' });
    await make('people', { lastName: 'Young' });
    await make('people', { lastName: 'Of the old', organisationId: old });
    await vif.database.owner.query(
      `update data.organisations set deleted_at = now() - case name when 'Old' then interval '30 days 1 minute' else interval '29 days 23 hours' end
       where workspace_id = $1 and name <> 'Kept'`,
      [id],
    );
    await vif.database.owner.query(
      `update data.people set deleted_at = now() - case last_name when 'Old' then interval '31 days' else interval '29 days' end
       where workspace_id = $1 and last_name <> 'Of the old'`,
      [id],
    );
  }
  // As several servers do, whose hours may coincide.
  await Promise.all([
    emptyBins(vif.house.database),
    emptyBins(vif.house.database),
    emptyBins(vif.house.database),
  ]);
  const { rows: organisations } = await vif.database.owner.query(
    'select name from data.organisations order by name',
  );
  expect(organisations.map(({ name }: { name: string }) => name)).toEqual(['Kept', 'Kept', 'Young', 'Young']);
  const { rows: people } = await vif.database.owner.query(
    `select last_name, organisation_id, organisation_name, deleted_at is null as kept from data.people order by last_name`,
  );
  const left = { last_name: 'Of the old', organisation_id: null, organisation_name: null, kept: true };
  const young = { ...left, last_name: 'Young', kept: false };
  expect(people).toEqual([left, left, young, young]);
});
