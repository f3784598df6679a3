import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

/** The two kinds of records that go through the bin behave alike. */
describe.each([
  { path: '/api/v1/organisations', required: 'name' },
  { path: '/api/v1/people', required: 'lastName' },
])('$path', ({ path, required }) => {
  const make = async (fields: object = {}) =>
    (await admin.ask(path, { body: { [required]: 'Gravity', ...fields } })).json<{ id: string }>().id;
  const bin = (id: string) => admin.ask(`${path}/${id}`, { method: 'DELETE' });
  const restore = (id: string) => admin.ask(`${path}/${id}/restore`, { method: 'POST' });
  const listed = async (query = '') =>
    (await admin.ask(`${path}?pageSize=200${query}`))
      .json<{ items: { id: string }[] }>()
      .items.map(({ id }) => id);

  it('goes into the bin and comes back as it was', async () => {
    const id = await make({ notes: 'kept' });
    const before = (await admin.ask(`${path}/${id}`)).json();
    expect((await bin(id)).statusCode).toBe(204);
    expect([await listed(), await listed('&bin=true')]).toEqual([
      expect.not.arrayContaining([id]),
      expect.arrayContaining([id]),
    ]);
    const binned = (await admin.ask(`${path}/${id}`)).json<{ deletedAt: string }>();
    expect(Math.abs(Date.parse(binned.deletedAt) - Date.now())).toBeLessThan(60_000);
    const back = await restore(id);
    expect(back.json()).toEqual({ ...before, updatedAt: back.json().updatedAt });
    expect([await listed(), await listed('&bin=true')]).toEqual([
      expect.arrayContaining([id]),
      expect.not.arrayContaining([id]),
    ]);
  });

  it('is not deleted twice, restored twice, nor changed in the bin', async () => {
    const id = await make();
    expect((await restore(id)).statusCode).toBe(404);
    await bin(id);
    expect((await bin(id)).statusCode).toBe(404);
    const change = await admin.ask(`${path}/${id}`, {
      method: 'PATCH',
      body: { notes: 'x' },
      headers: { 'if-match': '*' },
    });
    expect(change.statusCode).toBe(404);
    await restore(id);
    expect((await restore(id)).statusCode).toBe(404);
  });

  it('is not found by search, counts or likenesses while it is there', async () => {
    const id = await make({ [required]: 'Zanzibar Unica', email: 'unica@zanzibar.example' });
    const found = async () => [
      (await listed('&q=zanzibar')).length,
      (await admin.ask(`${path}/count?q=zanzibar`)).json<{ total: number }>().total,
      (await admin.ask(`${path}/search?q=zanzibar`)).json<{ items: [] }>().items.length,
      (await admin.ask(`${path}/duplicates?email=unica@zanzibar.example`)).json<{ items: [] }>().items.length,
    ];
    expect(await found()).toEqual([1, 1, 1, 1]);
    await bin(id);
    expect(await found()).toEqual([0, 0, 0, 0]);
    expect((await listed('&q=zanzibar&bin=true')).length).toBe(1);
  });

  it('keeps its external id, which says where it is and can be had back by restoring', async () => {
    const first = await make({ externalId: 'ext-1' });
    const taken = await admin.ask(path, { body: { [required]: 'x', externalId: 'ext-1' } });
    expect(taken.json()).toMatchObject({
      status: 409,
      code: 'external_id_taken',
      record: first,
      errors: [{ path: ['externalId'] }],
    });
    await bin(first);
    const binned = await admin.ask(path, { body: { [required]: 'x', externalId: 'ext-1' } });
    expect(binned.json()).toMatchObject({
      status: 409,
      code: 'external_id_in_bin',
      record: first,
      errors: [{ path: ['externalId'] }],
    });
    const other = await make({ externalId: 'ext-2' });
    const change = await admin.ask(`${path}/${other}`, {
      method: 'PATCH',
      body: { externalId: 'ext-1' },
      headers: { 'if-match': '*' },
    });
    expect(change.json()).toMatchObject({ code: 'external_id_in_bin', record: first });
    expect((await restore(first)).json()).toMatchObject({ externalId: 'ext-1' });
    const same = await admin.ask(`${path}/${first}`, {
      method: 'PATCH',
      body: { externalId: 'ext-1' },
      headers: { 'if-match': '*' },
    });
    expect(same.statusCode).toBe(200);
  });

  it('has an external id that one alone of several at once gets', async () => {
    const tries = Array.from({ length: 6 }, () =>
      admin.ask(path, { body: { [required]: 'x', externalId: 'at once' } }),
    );
    const answers = await Promise.all(tries);
    expect(answers.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual([
      '201',
      '409',
      '409',
      '409',
      '409',
      '409',
    ]);
    for (const answer of answers.filter(({ statusCode }) => statusCode === 409))
      expect(answer.json().code).toBe('external_id_taken');
  });

  it('may share an external id with a record of another workspace', async () => {
    const other = await vif.workspace(`Other${required}`);
    await make({ externalId: 'shared' });
    const answer = await other.admin.ask(path, { body: { [required]: 'x', externalId: 'shared' } });
    expect(answer.statusCode).toBe(201);
  });
});
