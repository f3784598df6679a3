import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importCsv, sendCsv } from '../testing/send-csv.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';

type Workspace = Awaited<ReturnType<TestVif['workspace']>>;

let vif: TestVif;
let acme: Workspace;
let other: Workspace;
beforeAll(async () => {
  vif = await startVif();
  acme = await vif.workspace('Acme');
  other = await vif.workspace('Other');
});
afterAll(() => vif.close());

const files = { organisations: 'ID,Name,Owner', people: 'ID,Last Name,Owner' } as const;
const kinds = ['organisations', 'people'] as const;
/** Every row of the table, as the owner sees it. */
const stored = async (kind: string) =>
  (await vif.database.owner.query<Record<string, unknown>>(`select * from data.${kind} order by id`)).rows;

it.each(kinds)('%s: who may not write imports nothing', async (kind) => {
  const before = await stored(kind);
  const csv = [files[kind], 'x1,Forbidden,'];
  const refused = await sendCsv(acme.readonly, kind, csv);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden']);
  const options = { method: 'POST', body: csv.join('\n'), headers: { 'content-type': 'text/csv' } } as const;
  const anybody = await vif.ask(`/api/v1/${kind}/import`, options);
  expect([anybody.statusCode, anybody.json().code]).toEqual([401, 'not_signed_in']);
  const foreign = await acme.admin.ask(`/api/v1/${kind}/import`, {
    ...options,
    headers: { ...options.headers, origin: 'https://evil.example' },
  });
  expect(foreign.json().code).toBe('foreign_origin');
  expect(await stored(kind)).toEqual(before);
  expect(await readdir(vif.uploadFolder)).toEqual([]);
});

it.each(kinds)('%s: a role that has only its own records imports only those', async (kind) => {
  await importCsv(acme.manager, kind, [files[kind], 'o1,Of the manager,', 'o2,Binned of the manager,']);
  const [binned] = (await acme.manager.ask(`/api/v1/${kind}?q=binned`)).json().items;
  await acme.manager.ask(`/api/v1/${kind}/${binned.id}`, { method: 'DELETE' });
  const before = await stored(kind);

  const answer = await importCsv(acme.user, kind, [
    files[kind],
    'o1,Taken over,',
    'o1b,Mine by name,user of Acme',
    'o2,Restored,',
    'o3,Mine,manager of Acme',
  ]);
  expect(answer).toMatchObject({ rows: 4, created: 2, updated: 0, restored: 0, unchanged: 0 });
  expect(answer.rejected.map(({ line, code, column }) => [line, code, column])).toEqual([
    [2, 'not_owner', null],
    [4, 'not_owner', null],
  ]);
  expect(answer.warnings.map(({ line, code }) => [line, code])).toEqual([[5, 'other_owner']]);
  const after = await stored(kind);
  expect(after.filter(({ id }) => before.some((row) => row['id'] === id))).toEqual(before);
  const made = after.filter(({ id }) => !before.some((row) => row['id'] === id));
  expect(made.map((row) => row['owner_id'])).toEqual([acme.user.userId, acme.user.userId]);

  // Their own they may change, but not give away.
  const again = await importCsv(acme.user, kind, [files[kind], 'o3,Mine renamed,manager of Acme']);
  expect(again).toMatchObject({ updated: 1, warningTotal: 1 });
  expect((await stored(kind)).find((row) => row['external_id'] === 'o3')).toMatchObject({
    owner_id: acme.user.userId,
  });
});

it.each(kinds)('%s: two workspaces share neither external ids nor members', async (kind) => {
  await importCsv(acme.admin, kind, [files[kind], 's1,Shared id,']);
  const theirs = (await stored(kind)).filter((row) => row['workspace_id'] === acme.id);
  const answer = await importCsv(other.admin, kind, [files[kind], 's1,Another,admin of Acme']);
  expect(answer).toMatchObject({ created: 1, updated: 0 });
  expect(answer.warnings).toMatchObject([{ code: 'unknown_owner' }]);
  const after = await stored(kind);
  expect(after.filter((row) => row['workspace_id'] === acme.id)).toEqual(theirs);
  expect(after.filter((row) => row['workspace_id'] === other.id)).toMatchObject([
    { external_id: 's1', owner_id: other.admin.userId },
  ]);
});

it.each(kinds)('%s: whoever may write all gives a row the owner it names', async (kind) => {
  const [named] = (
    await vif.database.owner.query<{ email: string }>('select email from auth."user" where id = $1', [
      acme.user.userId,
    ])
  ).rows;
  await importCsv(acme.admin, kind, [files[kind], `g1,Given,${named?.email.toUpperCase()}`, 'g2,Kept,']);
  const owners = async (): Promise<Record<string, unknown>> =>
    Object.fromEntries((await stored(kind)).map((row) => [String(row['external_id']), row['owner_id']]));
  expect(await owners()).toMatchObject({ g1: acme.user.userId, g2: acme.admin.userId });
  // Blank means what it is now, also when somebody else imports.
  await importCsv(acme.manager, kind, [files[kind], 'g1,Given again,', 'g2,Kept again,']);
  expect(await owners()).toMatchObject({ g1: acme.user.userId, g2: acme.admin.userId });
});
