import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace } from '../auth/create-workspace.ts';
import { openSession } from '../auth/open-session.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let workspace: Record<'admin' | 'manager' | 'user' | 'readonly', Asker> & { id: string };
let count = 0;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());
beforeEach(async () => {
  workspace = await vif.workspace(`Acme${++count}`);
});

const setRole = (by: Asker, id: string, role: string) =>
  by.ask(`/api/v1/members/${id}`, { method: 'PATCH', body: { role } });
const remove = (by: Asker, id: string, query = '') =>
  by.ask(`/api/v1/members/${id}${query}`, { method: 'DELETE' });
const roles = async () => {
  const { rows } = await vif.database.owner.query<{ role: string }>(
    'select role from auth.member where "organizationId" = $1 order by role',
    [workspace.id],
  );
  return rows.map(({ role }) => role);
};

describe('the last administrator', () => {
  it('can be neither demoted nor removed', async () => {
    const { admin } = workspace;
    for (const answer of [
      await setRole(admin, admin.userId, 'manager'),
      await remove(admin, admin.userId, `?successor=${workspace.user.userId}`),
    ]) {
      expect(answer.json()).toMatchObject({ status: 409, code: 'last_admin' });
    }
    expect(await roles()).toContain('admin');
  });

  it('stays when two administrators demote or remove each other at once', async () => {
    for (const act of [
      (by: Asker, id: string) => setRole(by, id, 'user'),
      (by: Asker, id: string) => remove(by, id),
    ]) {
      for (let round = 0; round < 5; round++) {
        const fresh = await vif.workspace(`Race${count}${act.name}${round}`);
        await setRole(fresh.admin, fresh.manager.userId, 'admin');
        const second = {
          ...fresh.manager,
          cookie: await openSession(vif.house, fresh.manager.userId, fresh.id),
        };
        const asSecond: Asker = {
          ...second,
          ask: (path, ask) => vif.ask(path, { ...ask, headers: { cookie: second.cookie } }),
        };
        const answers = await Promise.all([
          act(fresh.admin, fresh.manager.userId),
          act(asSecond, fresh.admin.userId),
        ]);
        const { rows } = await vif.database.owner.query(
          `select from auth.member where "organizationId" = $1 and role = 'admin'`,
          [fresh.id],
        );
        expect(rows, answers.map(({ body }) => body).join()).toHaveLength(1);
        expect(answers.filter(({ statusCode }) => statusCode < 300)).toHaveLength(1);
        expect(answers.every(({ statusCode }) => statusCode < 500)).toBe(true);
      }
    }
  });

  it('of another workspace is out of reach', async () => {
    const other = await vif.workspace(`Other${count}`);
    expect((await setRole(workspace.admin, other.user.userId, 'admin')).statusCode).toBe(404);
    expect((await remove(workspace.admin, other.user.userId)).statusCode).toBe(404);
  });
});

describe('a member who is removed', () => {
  const plant = async (owner: Asker) => {
    const organisation = (await owner.ask('/api/v1/organisations', { body: { name: 'Gravity' } })).json<{
      id: string;
    }>();
    const binned = (await owner.ask('/api/v1/organisations', { body: { name: 'Binned' } })).json<{
      id: string;
    }>();
    await owner.ask(`/api/v1/organisations/${binned.id}`, { method: 'DELETE' });
    const person = (await owner.ask('/api/v1/people', { body: { lastName: 'Ada' } })).json<{ id: string }>();
    return [
      `/api/v1/organisations/${organisation.id}`,
      `/api/v1/organisations/${binned.id}`,
      `/api/v1/people/${person.id}`,
    ];
  };
  const owners = async (paths: string[]) =>
    Promise.all(
      paths.map(async (path) => (await workspace.admin.ask(path)).json<{ ownerId: string }>().ownerId),
    );

  it('leaves their records, the bin’s too, to a successor', async () => {
    const { admin, user, readonly } = workspace;
    const paths = await plant(user);
    expect((await remove(admin, user.userId, `?successor=${readonly.userId}`)).statusCode).toBe(204);
    expect(await owners(paths)).toEqual([readonly.userId, readonly.userId, readonly.userId]);
    expect(await roles()).toEqual(['admin', 'manager', 'readonly']);
  });

  it('leaves them to who removes them, where no successor is named', async () => {
    const { admin, user } = workspace;
    const paths = await plant(user);
    await remove(admin, user.userId);
    expect(await owners(paths)).toEqual([admin.userId, admin.userId, admin.userId]);
  });

  it('has no successor who is no other member', async () => {
    const { admin, user } = workspace;
    const other = await vif.workspace(`Other${count}`);
    const paths = await plant(user);
    for (const successor of [
      user.userId,
      user.userId.toUpperCase(),
      other.admin.userId,
      '00000000-0000-4000-8000-000000000000',
    ]) {
      const answer = await remove(admin, user.userId, `?successor=${successor}`);
      expect(answer.json(), successor).toMatchObject({
        status: 422,
        code: 'unknown_reference',
        errors: [{ path: ['successor'] }],
      });
    }
    expect(await owners(paths)).toEqual([user.userId, user.userId, user.userId]);
    expect(await roles()).toContain('user');
  });

  it('may remove themselves, where there is another administrator', async () => {
    const { admin, manager } = workspace;
    await setRole(admin, manager.userId, 'admin');
    const answer = await remove(admin, admin.userId, `?successor=${manager.userId}`);
    expect(answer.statusCode).toBe(204);
    expect((await admin.ask('/api/v1/me')).statusCode).toBe(401);
  });

  it('leaves nothing behind that a record being made at once points to', async () => {
    const { admin, user } = workspace;
    const cookie = await openSession(vif.house, user.userId, workspace.id);
    const making = Array.from({ length: 8 }, (_, index) =>
      vif.ask('/api/v1/organisations', { body: { name: `At once ${index}` }, headers: { cookie } }),
    );
    const [removed, ...made] = await Promise.all([remove(admin, user.userId), ...making]);
    expect(removed?.statusCode, removed?.body).toBe(204);
    for (const { statusCode, body } of made) expect([201, 401, 403, 422], body).toContain(statusCode);
    const { rows } = await vif.database.owner.query('select from data.organisations where owner_id = $1', [
      user.userId,
    ]);
    expect(rows).toHaveLength(0);
  });
});

describe('members', () => {
  it('are listed with how many records each owns, and open invitations', async () => {
    const { admin, user } = workspace;
    await user.ask('/api/v1/organisations', { body: { name: 'Gravity' } });
    await user.ask('/api/v1/people', { body: { lastName: 'Ada' } });
    await user.ask('/api/v1/people', { body: { lastName: 'Bob' } });
    const { items, invitations } = (await admin.ask('/api/v1/members')).json<{
      items: { id: string }[];
      invitations: [];
    }>();
    expect(items).toHaveLength(4);
    expect(items.find(({ id }) => id === user.userId)).toMatchObject({
      role: 'user',
      organisations: 1,
      people: 2,
    });
    expect(invitations).toEqual([]);
  });

  it('are offered as owners by their names alone', async () => {
    const { items } = (await workspace.readonly.ask('/api/v1/owners')).json<{ items: object[] }>();
    expect(items).toHaveLength(4);
    for (const item of items) expect(Object.keys(item).toSorted()).toEqual(['id', 'name']);
  });

  it.each([
    { role: 'owner' },
    { role: '' },
    {},
    { role: 'admin', name: 'x' },
    { role: ['admin'] },
    { password: 'x' },
    { email: 'x@x.test' },
  ])('are changed by nothing but a role: %j', async (body) => {
    const answer = await workspace.admin.ask(`/api/v1/members/${workspace.user.userId}`, {
      method: 'PATCH',
      body,
    });
    expect(answer.json().status).toBe(400);
    expect((await workspace.user.ask('/api/v1/me')).json().workspace.role).toBe('user');
  });

  it('are changed and removed by an administrator of that workspace alone, though they be one elsewhere', async () => {
    const { email } = (await workspace.user.ask('/api/v1/me')).json<{ email: string }>();
    const { id } = await createWorkspace(
      vif.database.owner,
      vif.house.auth,
      { name: 'Second', country: 'FR' },
      [{ name: 'x', email, password: 'unused unused', role: 'admin' }],
    );
    expect((await setRole(workspace.user, workspace.user.userId, 'admin')).statusCode).toBe(403);
    await workspace.user.ask('/api/v1/me/workspace', { method: 'PUT', body: { id } });
    expect((await setRole(workspace.user, workspace.manager.userId, 'readonly')).statusCode).toBe(404);
    expect(await roles()).toEqual(['admin', 'manager', 'readonly', 'user']);
  });

  it('leave a trace of who changed what', async () => {
    const { admin, user } = workspace;
    await setRole(admin, user.userId, 'manager');
    const { rows } = await vif.database.owner.query(
      'select user_id, operation, subject_id from data.audit_entries where workspace_id = $1',
      [workspace.id],
    );
    expect(rows).toEqual([{ user_id: admin.userId, operation: 'members.update', subject_id: user.userId }]);
  });
});
