import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

const list = '/api/v1/organisations?sort=name';

const statusOf = async (asker: Asker, path: string) =>
  String((await asker.ask(path)).headers['cache-status']);

describe('an answer of the read door', () => {
  it('comes from the cache the second time, to everybody whose role reaches as far', async () => {
    const { admin, readonly } = await vif.workspace('Twice');
    await admin.ask('/api/v1/organisations', { body: { name: 'Gravity' } });
    const first = await admin.ask(list);
    expect(first.headers['cache-status']).toMatch(
      /^vif; fwd=miss; stored; ttl=300; key="organisations:list:\{.*sort:\\"name\\".*\}"$/,
    );
    const second = await readonly.ask(list);
    expect(second.headers['cache-status']).toMatch(/^vif; hit; ttl=\d+; key="organisations:list:/);
    expect(second.body).toBe(first.body);
    expect(second.headers.etag).toBe(first.headers.etag);
    expect(await statusOf(admin, '/api/v1/organisations?page=1&sort=name')).toContain('vif; hit');
  });

  it('is read again after a write to what it was read from, and only then', async () => {
    const { admin } = await vif.workspace('Written');
    await statusOf(admin, list);
    const owners = '/api/v1/owners';
    await statusOf(admin, owners);
    const { id } = (await admin.ask('/api/v1/organisations', { body: { name: 'Gravity' } })).json<{
      id: string;
    }>();
    const after = await admin.ask(list);
    expect(after.headers['cache-status']).toContain('fwd=stale; detail=outdated; stored');
    expect(after.json()).toMatchObject({ total: 1, items: [{ id }] });
    expect(await statusOf(admin, owners)).toContain('vif; hit');
  });

  it('is never another workspace’s, also with the same parameters', async () => {
    const [one, other] = [await vif.workspace('One'), await vif.workspace('Other')];
    await one.admin.ask('/api/v1/organisations', { body: { name: 'Of one' } });
    expect((await one.admin.ask(list)).json()).toMatchObject({ total: 1 });
    const theirs = await other.admin.ask(list);
    expect(theirs.headers['cache-status']).toContain('fwd=miss');
    expect(theirs.json()).toMatchObject({ total: 0 });
    await one.admin.ask('/api/v1/organisations', { body: { name: 'Another' } });
    expect(await statusOf(other.admin, list)).toContain('vif; hit');
  });

  it('that depends on the time is not kept', async () => {
    const { admin } = await vif.workspace('Timely');
    for (let time = 0; time < 2; time++) {
      expect(await statusOf(admin, '/api/v1/members')).toBe('vif; fwd=bypass; detail=uncached');
    }
  });

  it('is an error each time anew, and nothing that a later record could not undo', async () => {
    const { admin } = await vif.workspace('Missing');
    const { id } = (await admin.ask('/api/v1/organisations', { body: { name: 'Gone' } })).json<{
      id: string;
    }>();
    await vif.database.owner.query('update data.organisations set id = gen_random_uuid() where id = $1', [
      id,
    ]);
    const path = `/api/v1/organisations/${id}`;
    expect((await admin.ask(path)).statusCode).toBe(404);
    expect((await admin.ask(path)).statusCode).toBe(404);
    await vif.database.owner.query(`update data.organisations set id = $1 where name = 'Gone'`, [id]);
    expect((await admin.ask(path)).statusCode).toBe(200);
  });

  it('makes no entry from an address that is not one of ours', async () => {
    const { admin } = await vif.workspace('Odd');
    const keys = () => vif.house.cache.answers.memory?.entries ?? 0;
    const before = keys();
    for (const path of [
      '/api/v1/organisations?unknown=1',
      '/api/v1/organisations?page=nonsense',
      `/api/v1/organisations?q=${'x'.repeat(5000)}`,
      '//api/v1/organisations',
      '/API/v1/organisations',
      '/api/v1/organisations/not-an-id',
    ]) {
      expect((await admin.ask(path)).statusCode, path).toBeGreaterThanOrEqual(400);
    }
    expect(keys()).toBe(before);
  });

  it('does not say a key that proxies would refuse for its length', async () => {
    const { admin } = await vif.workspace('Long');
    const name = encodeURIComponent('é'.repeat(150));
    const status = await statusOf(admin, `/api/v1/organisations/duplicates?name=${name}`);
    expect(status).toBe('vif; fwd=miss; stored; ttl=60');
  });

  it('is loaded once for all who ask at the same time', async () => {
    const { admin } = await vif.workspace('Together');
    await admin.ask('/api/v1/me');
    const answers = await Promise.all(Array.from({ length: 20 }, () => statusOf(admin, list)));
    expect(answers.filter((status) => status.includes('collapsed'))).toHaveLength(19);
    expect(answers.every((status) => status.includes('fwd=miss'))).toBe(true);
  });
});

describe('the statistics', () => {
  it('tell the administrator what the cache did for the workspace', async () => {
    const { admin, manager } = await vif.workspace('Counted');
    const other = await vif.workspace('Uncounted');
    await other.admin.ask(list);
    for (let time = 0; time < 4; time++) await admin.ask(list);
    await manager.ask('/api/v1/owners');
    const stats = (await admin.ask('/api/v1/cache/stats')).json();
    const used: unknown = expect.any(Number);
    expect(stats).toEqual({
      available: true,
      hits: 3,
      misses: 2,
      total_requests: 5,
      hit_rate: 0.6,
      keys_count: 2,
      memory_used: used,
      namespaces: [
        {
          namespace: 'organisations.list',
          hits: 3,
          misses: 1,
          total_requests: 4,
          hit_rate: 0.75,
          keys_count: 1,
          memory_used: used,
        },
        {
          namespace: 'owners.list',
          hits: 0,
          misses: 1,
          total_requests: 1,
          hit_rate: 0,
          keys_count: 1,
          memory_used: used,
        },
      ],
    });
    expect((await manager.ask('/api/v1/cache/stats')).statusCode).toBe(403);
  });
});
