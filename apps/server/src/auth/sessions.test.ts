import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cookieOf } from '../testing/cookie-of.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';
import { createWorkspace } from './create-workspace.ts';
import { endSession, openSession } from './open-session.ts';

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

/** Another tab or machine of the same person. */
const elsewhere = (asker: Asker) => openSession(vif.house, asker.userId, workspace.id);
const status = async (cookie: string, path = '/api/v1/me') =>
  (await vif.ask(path, { headers: { cookie } })).statusCode;
const changePassword = (asker: Asker, current: string, next: string, more = {}) =>
  asker.ask('/api/v1/me/password', { body: { current, next, ...more } });

describe('a changed password', () => {
  it('ends every other session at once, and this one gets a new cookie in the same workspace', async () => {
    const { manager } = workspace;
    const second = await createWorkspace(
      vif.database.owner,
      vif.house.auth,
      { name: 'Second', country: 'FR' },
      [
        {
          name: 'x',
          email: (await manager.ask('/api/v1/me')).json().email,
          password: 'unused unused',
          role: 'readonly',
        },
      ],
    );
    const inSecond = await openSession(vif.house, manager.userId, second.id);
    const other = await elsewhere(manager);
    const answer = await vif.ask('/api/v1/me/password', {
      body: { current: 'password of manager', next: 'another good password' },
      headers: { cookie: inSecond },
    });
    expect(answer.statusCode, answer.body).toBe(204);
    expect(await status(other)).toBe(401);
    expect(await status(manager.cookie)).toBe(401);
    expect(await status(inSecond)).toBe(401);
    expect(answer.cookies.filter(({ name }) => name === 'vif.session_token')).toHaveLength(1);
    const me = await vif.ask('/api/v1/me', { headers: { cookie: cookieOf(answer) } });
    expect(me.json().workspace.id).toBe(second.id);
  });

  it('cannot be asked to leave other sessions as they are', async () => {
    const answer = await changePassword(workspace.user, 'password of user', 'another good password', {
      revokeOtherSessions: false,
    });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: ['revokeOtherSessions'] }] });
    expect(await status(workspace.user.cookie)).toBe(200);
  });

  it('is what signs in from then on', async () => {
    const { email } = (await workspace.user.ask('/api/v1/me')).json();
    await changePassword(workspace.user, 'password of user', 'another good password');
    const signIn = async (password: string) =>
      (await vif.ask('/api/auth/sign-in/email', { body: { email, password } })).statusCode;
    expect(await signIn('password of user')).toBe(401);
    expect(await signIn('another good password')).toBe(204);
  });

  it.each([
    ['eleven char', 'too_small'],
    ['x'.repeat(129), 'too_big'],
  ])('must be long enough and no longer than can be hashed: %s', async (next, code) => {
    const answer = await changePassword(workspace.user, 'password of user', next);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: ['next'], code }] });
    expect(await status(workspace.user.cookie)).toBe(200);
  });

  it('is not made with a wrong one, and nobody is signed out', async () => {
    const other = await elsewhere(workspace.user);
    const answer = await changePassword(workspace.user, 'wrong', 'another good password');
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [{ path: ['current'], code: 'wrong_password' }],
    });
    expect(await status(other)).toBe(200);
  });
});

describe('a changed role', () => {
  const setRole = (id: string, role: string) =>
    workspace.admin.ask(`/api/v1/members/${id}`, { method: 'PATCH', body: { role } });

  it('ends the member’s sessions, also those of other tabs, and counts at the next request', async () => {
    const { manager } = workspace;
    const other = await elsewhere(manager);
    expect((await setRole(manager.userId, 'readonly')).json()).toMatchObject({
      id: manager.userId,
      role: 'readonly',
    });
    expect([await status(manager.cookie), await status(other)]).toEqual([401, 401]);
    const again = await elsewhere(manager);
    const create = await vif.ask('/api/v1/organisations', {
      body: { name: 'x' },
      headers: { cookie: again },
    });
    expect(create.json()).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('that is the same ends nothing', async () => {
    await setRole(workspace.user.userId, 'user');
    expect(await status(workspace.user.cookie)).toBe(200);
  });

  it('of one’s own counts at once, though this session goes on', async () => {
    await setRole(workspace.manager.userId, 'admin');
    const other = await elsewhere(workspace.admin);
    expect((await setRole(workspace.admin.userId, 'readonly')).statusCode).toBe(200);
    expect(await status(workspace.admin.cookie)).toBe(200);
    expect(await status(workspace.admin.cookie, '/api/v1/members')).toBe(403);
    expect(await status(other)).toBe(401);
  });
});

describe('a removed member', () => {
  it('is out at the next request, everywhere', async () => {
    const { admin, user } = workspace;
    const other = await elsewhere(user);
    expect((await admin.ask(`/api/v1/members/${user.userId}`, { method: 'DELETE' })).statusCode).toBe(204);
    expect([await status(user.cookie), await status(other)]).toEqual([401, 401]);
  });

  it('cannot sign in, and is left with no session', async () => {
    const { admin, user } = workspace;
    const { email } = (await user.ask('/api/v1/me')).json();
    await admin.ask(`/api/v1/members/${user.userId}`, { method: 'DELETE' });
    const answer = await vif.ask('/api/auth/sign-in/email', {
      body: { email, password: 'password of user' },
    });
    expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
    expect(cookieOf(answer)).toBe('');
    const { rowCount } = await vif.database.owner.query('select from auth.session where "userId" = $1', [
      user.userId,
    ]);
    expect(rowCount).toBe(0);
  });

  it('works on in another workspace after signing in again', async () => {
    const { admin, user } = workspace;
    const { email } = (await user.ask('/api/v1/me')).json();
    const { id } = await createWorkspace(
      vif.database.owner,
      vif.house.auth,
      { name: 'Second', country: 'FR' },
      [{ name: 'x', email, password: 'unused unused', role: 'manager' }],
    );
    await admin.ask(`/api/v1/members/${user.userId}`, { method: 'DELETE' });
    const cookie = cookieOf(
      await vif.ask('/api/auth/sign-in/email', { body: { email, password: 'password of user' } }),
    );
    const me = await vif.ask('/api/v1/me', { headers: { cookie } });
    expect(me.json()).toMatchObject({ workspace: { id, role: 'manager' }, workspaces: [{ id }] });
  });
});

describe('working in several workspaces', () => {
  let second: string;
  beforeEach(async () => {
    const { email } = (await workspace.manager.ask('/api/v1/me')).json();
    ({ id: second } = await createWorkspace(
      vif.database.owner,
      vif.house.auth,
      { name: 'Second', country: 'BE' },
      [{ name: 'x', email, password: 'unused unused', role: 'readonly' }],
    ));
  });
  const switchTo = (id: string) =>
    workspace.manager.ask('/api/v1/me/workspace', { method: 'PUT', body: { id } });

  it('moves the session, its role and what it sees', async () => {
    const { manager } = workspace;
    const { id } = (await manager.ask('/api/v1/organisations', { body: { name: 'Of the first' } })).json();
    const answer = await switchTo(second);
    expect(answer.json()).toMatchObject({ workspace: { id: second, role: 'readonly', country: 'BE' } });
    expect(answer.json().workspaces).toHaveLength(2);
    expect((await manager.ask(`/api/v1/organisations/${id}`)).statusCode).toBe(404);
    expect((await manager.ask('/api/v1/organisations', { body: { name: 'x' } })).statusCode).toBe(403);
    await switchTo(workspace.id);
    expect((await manager.ask(`/api/v1/organisations/${id}`)).statusCode).toBe(200);
  });

  it('tells a tab that still shows the other one', async () => {
    const ask = (id: string, body?: unknown) =>
      workspace.manager.ask('/api/v1/organisations', { body, headers: { 'vif-workspace': id } });
    expect((await ask(workspace.id)).statusCode).toBe(200);
    await switchTo(second);
    expect((await ask(workspace.id)).json()).toMatchObject({ status: 409, code: 'workspace_changed' });
    expect((await ask(workspace.id, { name: 'x' })).json().code).toBe('workspace_changed');
    expect((await ask(second)).statusCode).toBe(200);
    await switchTo(workspace.id);
    expect((await workspace.manager.ask('/api/v1/organisations/count')).json().total).toBe(0);
  });

  it.each(['', 'nonsense', '00000000-0000-4000-8000-000000000000'])(
    'is chosen by nobody’s header: %j',
    async (id) => {
      const answer = await workspace.manager.ask('/api/v1/me', { headers: { 'vif-workspace': id } });
      expect(answer.json().code).toBe('workspace_changed');
    },
  );

  it('is not for who is no member there', async () => {
    const other = await vif.workspace('Stranger');
    expect((await switchTo(other.id)).statusCode).toBe(404);
    expect((await workspace.manager.ask('/api/v1/me')).json().workspace.id).toBe(workspace.id);
  });
});

describe('a session that a command opened', () => {
  it('is not prolonged by being used', async () => {
    const cookie = await elsewhere(workspace.admin);
    const answer = await vif.ask('/api/v1/me', { headers: { cookie } });
    expect([answer.statusCode, answer.cookies]).toEqual([200, []]);
    const { rows } = await vif.database.owner.query<{ soon: boolean }>(
      `select bool_and("expiresAt" < now() + interval '2 hours') as soon from auth.session where "userId" = $1`,
      [workspace.admin.userId],
    );
    expect(rows).toEqual([{ soon: true }]);
  });

  it('ends when the command does', async () => {
    const cookie = await elsewhere(workspace.admin);
    await endSession(vif.house, cookie);
    expect(await status(cookie)).toBe(401);
  });
});

describe('a session of somebody who signed in', () => {
  it('is prolonged by being used, once a day', async () => {
    const { email } = (await workspace.admin.ask('/api/v1/me')).json();
    const signedIn = await vif.ask('/api/auth/sign-in/email', {
      body: { email, password: 'password of admin' },
    });
    const cookie = cookieOf(signedIn);
    expect((await vif.ask('/api/v1/me', { headers: { cookie } })).cookies).toEqual([]);
    await vif.database.owner.query(`update auth.session set "expiresAt" = now() + interval '28 days'`);
    const prolonged = await vif.ask('/api/v1/me', { headers: { cookie } });
    expect(prolonged.cookies).toMatchObject([
      { name: 'vif.session_token', maxAge: 30 * 24 * 3600, httpOnly: true },
    ]);
    expect((await vif.ask('/api/v1/me', { headers: { cookie } })).cookies).toEqual([]);
  });
});
