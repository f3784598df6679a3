import type { RouteAnswer } from '@vif/contract';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

const keyOf = (headers: Record<string, unknown>) =>
  JSON.parse(/key=("(?:[^"\\]|\\.)*")/.exec(String(headers['cache-status']))?.[1] ?? '""') as string; // a quoted string is one of JSON
/** Reads until that is a hit: a busy machine may be late, and then nothing is kept for the moment. */
const open = async (asker: Asker, path: string) => {
  let headers: Record<string, unknown> = {};
  const status = async () => {
    ({ headers } = await asker.ask(path));
    return headers['cache-status'];
  };
  await expect.poll(status, { interval: 5, timeout: 10_000 }).toMatch(/^vif; hit/);
  return keyOf(headers);
};
const why = async (asker: Asker, key: string) =>
  (await asker.ask(`/api/v1/cache/why?key=${encodeURIComponent(key)}`)).json<RouteAnswer<'cache.why'>>();
const create = async (asker: Asker, name: string) =>
  (await asker.ask('/api/v1/organisations', { body: { name } })).json<{ id: string }>().id;
const rename = async (asker: Asker, id: string, name: string) => {
  const etag = String((await asker.ask(`/api/v1/organisations/${id}`)).headers.etag);
  const headers = { 'if-match': etag };
  const path = `/api/v1/organisations/${id}`;
  expect((await asker.ask(path, { method: 'PATCH', body: { name }, headers })).statusCode).toBe(200);
};
const moment: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const transaction: unknown = expect.stringMatching(/^\d+$/);

it('tells what a colleague saved, and whether the next read is a hit', async () => {
  const { admin, manager } = await vif.workspace('Why');
  const id = await create(admin, 'Gravity');
  const key = await open(manager, `/api/v1/organisations/${id}`);
  expect(key).toMatch(/^organisations:get:/);
  await expect
    .poll(() => why(admin, key))
    .toEqual({
      key,
      hit: true,
      next: 'hit in memory',
      held: [{ tier: 'memory', verdict: 'current', stored_at: moment, expires: moment }],
      invalidations: [],
    });
  await rename(manager, id, 'Levity');
  const outdated: unknown = expect.stringMatching(/^load: outdated in memory by /);
  await expect.poll(() => why(admin, key)).toMatchObject({ hit: false, next: outdated });
  const { invalidations } = await why(admin, key);
  const told = { operation: 'UPDATE', table: 'data.organisations', transaction, at: moment };
  const tags: unknown = expect.arrayContaining([expect.stringContaining(`data.organisations:id=${id}`)]);
  expect(invalidations).toContainEqual({
    ...told,
    tags,
    entries: 0,
  });
  await open(manager, `/api/v1/organisations/${id}`);
  await expect
    .poll(() => why(admin, key))
    .toMatchObject({ hit: true, invalidations: [{ ...told, entries: 1 }] });
});

it('tells what psql wrote', async () => {
  const { admin } = await vif.workspace('Psql');
  const id = await create(admin, 'Gravity');
  const key = await open(admin, `/api/v1/organisations/${id}`);
  const past = new pg.Client(vif.database.connection);
  await past.connect();
  const { rows } = await past.query<{ transaction: string }>(
    `update data.organisations set city = 'Nantes' where id = $1 returning pg_current_xact_id()::text as transaction`,
    [id],
  );
  await past.end();
  await expect.poll(async () => (await why(admin, key)).invalidations, { interval: 5 }).toHaveLength(1);
  expect((await why(admin, key)).invalidations).toMatchObject([
    { table: 'data.organisations', operation: 'UPDATE', transaction: rows[0]?.transaction, at: moment },
  ]);
});

it('tells nothing of another workspace, nor to who is no administrator', async () => {
  const [ours, theirs] = [await vif.workspace('Ours'), await vif.workspace('Theirs')];
  const id = await create(theirs.admin, 'Secret');
  const record = await open(theirs.admin, `/api/v1/organisations/${id}`);
  const list = await open(theirs.admin, '/api/v1/organisations');
  await open(ours.admin, '/api/v1/organisations');
  await rename(theirs.admin, id, 'Hidden');
  await Promise.all([open(theirs.admin, '/api/v1/organisations'), open(ours.admin, '/api/v1/organisations')]);
  expect((await why(theirs.admin, list)).invalidations).toMatchObject([{ entries: 1 }]);
  await expect.poll(() => why(ours.admin, list)).toMatchObject({ hit: true, invalidations: [] });
  expect(await why(ours.admin, record)).toMatchObject({ hit: false, held: [], invalidations: [] });
  for (const role of ['manager', 'user', 'readonly'] as const)
    expect((await ours[role].ask('/api/v1/cache/why?key=owners:list:%7B%7D')).statusCode).toBe(403);
});

it('counts entries of the asker’s workspace alone, where one statement wrote to several', async () => {
  const [ours, theirs] = [await vif.workspace('Both'), await vif.workspace('Too')];
  for (const { admin } of [ours, theirs]) await create(admin, 'Gravity');
  const paths = ['/api/v1/organisations', '/api/v1/organisations?page=2'];
  const [list = ''] = await Promise.all(paths.map((path) => open(ours.admin, path)));
  await open(theirs.admin, '/api/v1/organisations');
  await vif.database.owner.query(
    `update data.organisations set city = 'Brest' where workspace_id = any($1)`,
    [[ours.id, theirs.id]],
  );
  for (const path of paths) await Promise.all([ours, theirs].map(({ admin }) => open(admin, path)));
  const [newest] = (await why(ours.admin, list)).invalidations;
  expect(newest).toMatchObject({ operation: 'UPDATE', entries: 2 });
  expect(newest?.tags.filter((tag) => tag.includes(theirs.id))).toEqual([]);
});

it('knows reads alone, and says of which no answer is ever kept', async () => {
  const { admin } = await vif.workspace('Odd');
  const status = async (key: string) =>
    (await admin.ask(`/api/v1/cache/why?key=${encodeURIComponent(key)}`)).statusCode;
  expect(await Promise.all(['sessions:x', 'toString:x', 'x', 'organisations:create:{}'].map(status))).toEqual(
    [404, 404, 404, 404],
  );
  expect(await status('')).toBe(400);
  expect(await why(admin, 'members:list:{}')).toMatchObject({
    hit: false,
    not_kept: 'it leaves out invitations whose time is over',
  });
});
