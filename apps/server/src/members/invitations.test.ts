import { createHash } from 'node:crypto';
import type { RouteAnswer } from '@vif/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cookieOf } from '../testing/cookie-of.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let workspace: Record<'admin' | 'manager' | 'user' | 'readonly', Asker> & { id: string };
let email: string;
let count = 0;
const password = 'a long enough password';
beforeAll(async () => {
  vif = await startVif({ url: 'https://crm.example' });
});
afterAll(() => vif.close());
beforeEach(async () => {
  workspace = await vif.workspace(`Acme${++count}`);
  email = `new${count}@invited.test`;
});

interface Invited {
  readonly id: string;
  readonly link: string;
  readonly token: string;
}
async function invite(to = email, role = 'user', by = workspace.admin): Promise<Invited> {
  const answer = await by.ask('/api/v1/members/invitations', { body: { email: to, role } });
  expect(answer.statusCode, answer.body).toBe(201);
  const { id, link } = answer.json<{ id: string; link: string }>();
  return { id, link, token: link.slice(link.lastIndexOf('/') + 1) };
}
const look = (token: string) => vif.ask(`/api/v1/invitations/${token}`);
const accept = (token: string, body: unknown = { name: 'Bob', password }) =>
  vif.ask(`/api/v1/invitations/${token}/accept`, { body });
const meOf = async (cookie: string) =>
  (await vif.ask('/api/v1/me', { headers: { cookie } })).json<RouteAnswer<'me.get'>>();
const members = async () =>
  (await workspace.admin.ask('/api/v1/members')).json<{
    items: { email: string; role: string }[];
    invitations: unknown[];
  }>();

describe('an invitation', () => {
  it('makes its link from the public address, whatever Host the request names', async () => {
    const answer = await workspace.admin.ask('/api/v1/members/invitations', {
      body: { email, role: 'user' },
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    });
    expect(answer.json().link).toMatch(/^https:\/\/crm\.example\/join\/[\w-]{43}$/);
    expect(answer.body).not.toContain('evil');
  });

  it('keeps the hash of its token alone', async () => {
    const { id, token } = await invite();
    const { rows } = await vif.database.owner.query<{ row: string }>(
      'select i::text as row from auth.invitation i where id = $1',
      [id],
    );
    expect(rows[0]?.row).toContain(createHash('sha256').update(token).digest('hex'));
    expect(rows[0]?.row).not.toContain(token);
    expect(JSON.stringify(await members())).not.toContain(token);
  });

  it('makes a member of who had no account, with the role it says, and signs them in', async () => {
    const { token } = await invite(email, 'manager');
    expect((await look(token)).json()).toMatchObject({ email, hasAccount: false });
    const answer = await accept(token);
    expect(answer.statusCode).toBe(204);
    expect(await meOf(cookieOf(answer))).toMatchObject({
      name: 'Bob',
      email,
      workspace: { id: workspace.id, role: 'manager' },
    });
  });

  it('works once', async () => {
    const { token } = await invite();
    await accept(token);
    expect((await look(token)).statusCode).toBe(404);
    expect((await accept(token)).statusCode).toBe(404);
    expect((await members()).items).toHaveLength(5);
  });

  it('works once however many use it at once', async () => {
    const { token } = await invite();
    const answers = await Promise.all(Array.from({ length: 6 }, () => accept(token)));
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    // Who comes after the account was made is asked for its password, which they happen to know.
    expect(
      statuses.every((status) => [204, 404].includes(status)),
      statuses.join(' '),
    ).toBe(true);
    expect((await members()).items.filter((one) => one.email === email)).toHaveLength(1);
  });

  it('ends after its time', async () => {
    const { id, token } = await invite();
    const { rows } = await vif.database.owner.query<{ days: string }>(
      `select round(extract(epoch from "expiresAt" - now()) / 86400) as days from auth.invitation where id = $1`,
      [id],
    );
    expect(Number(rows[0]?.days)).toBe(7);
    await vif.database.owner.query(`update auth.invitation set "expiresAt" = now() where id = $1`, [id]);
    expect((await look(token)).statusCode).toBe(404);
    expect((await accept(token)).statusCode).toBe(404);
    expect((await members()).invitations).toEqual([]);
  });

  it('is replaced by a newer one for the same address, however it is written', async () => {
    const first = await invite(email, 'admin');
    const second = await invite(` ${email.toUpperCase()} `, 'readonly');
    expect((await look(first.token)).statusCode).toBe(404);
    expect((await accept(first.token)).statusCode).toBe(404);
    expect((await members()).invitations).toMatchObject([{ email, role: 'readonly' }]);
    expect(await meOf(cookieOf(await accept(second.token)))).toMatchObject({
      workspace: { role: 'readonly' },
    });
  });

  it('can be taken back', async () => {
    const { id, token } = await invite();
    const cancel = () => workspace.admin.ask(`/api/v1/members/invitations/${id}`, { method: 'DELETE' });
    expect((await cancel()).statusCode).toBe(204);
    expect((await cancel()).statusCode).toBe(404);
    expect((await accept(token)).statusCode).toBe(404);
  });

  it('is bound to its address: nothing that is sent chooses another', async () => {
    const { token } = await invite();
    for (const more of [
      { email: 'eve@evil.test' },
      { role: 'admin' },
      { workspaceId: workspace.id },
      { id: workspace.admin.userId },
    ]) {
      const answer = await accept(token, { name: 'Eve', password, ...more });
      expect(answer.json()).toMatchObject({
        status: 400,
        errors: [{ path: Object.keys(more), code: 'unrecognized_keys' }],
      });
    }
    expect((await look(token)).statusCode).toBe(200);
  });

  it.each([
    [{ password }, 'name'],
    [{ name: ' ', password }, 'name'],
    [{ name: 'Bob' }, 'password'],
    [{ name: 'Bob', password: 'eleven char' }, 'password'],
  ])('asks a name and a good password of who has no account: %j', async (body, field) => {
    const { token } = await invite();
    const answer = await accept(token, body);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: [field] }] });
    expect((await look(token)).statusCode).toBe(200);
  });

  it('is for nobody who is a member already', async () => {
    const { email: mine } = await meOf(workspace.manager.cookie);
    const answer = await workspace.admin.ask('/api/v1/members/invitations', {
      body: { email: mine.toUpperCase(), role: 'user' },
    });
    expect(answer.json()).toMatchObject({
      status: 409,
      code: 'already_member',
      errors: [{ path: ['email'] }],
    });
  });

  it.each([
    [{ role: 'user' }, 'email'],
    [{ email: 'nonsense', role: 'user' }, 'email'],
    [{ email: 'a@x.test\nBcc: b@x.test', role: 'user' }, 'email'],
    [{ email: 'a@x.test', role: 'owner' }, 'role'],
    [{ email: 'a@x.test' }, 'role'],
    [{ email: 'a@x.test', role: 'user', expiresAt: '2099-01-01T00:00:00Z' }, 'expiresAt'],
    [{ email: 'a@x.test', role: 'user', workspaceId: '00000000-0000-4000-8000-000000000000' }, 'workspaceId'],
  ])('is not made of %j', async (body, field) => {
    const answer = await workspace.admin.ask('/api/v1/members/invitations', { body });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: [field] }] });
  });

  it('made twice at once leaves one that works', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        workspace.admin.ask('/api/v1/members/invitations', { body: { email, role: 'user' } }),
      ),
    );
    for (const { statusCode } of answers) expect([201, 409]).toContain(statusCode);
    expect((await members()).invitations).toHaveLength(1);
    const made = answers
      .filter(({ statusCode }) => statusCode === 201)
      .map((answer) => answer.json<Invited>().link.slice(-43));
    const open = await Promise.all(made.map(async (token) => (await look(token)).statusCode));
    expect(open.filter((status) => status === 200)).toHaveLength(1);
  });
});

describe('an invitation for who has an account', () => {
  let other: typeof workspace;
  let theirs: string;
  beforeEach(async () => {
    other = await vif.workspace(`Other${count}`);
    ({ email: theirs } = await meOf(other.manager.cookie));
  });

  it('asks for the password they have, and brings them into the workspace', async () => {
    const { token } = await invite(theirs, 'readonly');
    expect((await look(token)).json()).toMatchObject({ email: theirs, hasAccount: true });
    const answer = await accept(token, { password: 'password of manager' });
    expect(answer.statusCode).toBe(204);
    const me = await meOf(cookieOf(answer));
    expect(me).toMatchObject({ id: other.manager.userId, workspace: { id: workspace.id, role: 'readonly' } });
    expect(me.workspaces).toHaveLength(2);
    expect(await meOf(other.manager.cookie)).toMatchObject({ workspace: { id: other.id, role: 'manager' } });
  });

  it('is used up by no wrong password, and signs nobody in', async () => {
    const { token } = await invite(theirs);
    const answer = await accept(token, { password: 'not the password' });
    expect(answer.json()).toMatchObject({ status: 401, code: 'wrong_credentials' });
    expect(cookieOf(answer)).toBe('');
    expect((await look(token)).statusCode).toBe(200);
    expect((await members()).items).toHaveLength(4);
  });

  it('does not set their name or password', async () => {
    const { token } = await invite(theirs);
    await accept(token, { name: 'Changed', password: 'password of manager' });
    expect(await meOf(other.manager.cookie)).toMatchObject({ name: `manager of Other${count}` });
  });

  it('brings an ex-member back, with the new role and nothing of the old', async () => {
    const { email: mine } = await meOf(workspace.user.cookie);
    await workspace.admin.ask(`/api/v1/members/${workspace.user.userId}`, { method: 'DELETE' });
    const { token } = await invite(mine, 'readonly');
    expect((await look(token)).json()).toMatchObject({ hasAccount: true });
    const answer = await accept(token, { password: 'password of user' });
    expect(await meOf(cookieOf(answer))).toMatchObject({
      id: workspace.user.userId,
      workspace: { id: workspace.id, role: 'readonly' },
    });
  });
});

it('an invitation’s account is made even where the attempts to sign in to it are used up', async () => {
  const strict = await startVif({ attemptsPerMinute: 1 });
  try {
    const { admin } = await strict.workspace('Acme');
    const link = (
      await admin.ask('/api/v1/members/invitations', { body: { email, role: 'user' } })
    ).json<Invited>().link;
    for (let i = 0; i < 2; i++)
      await strict.ask('/api/auth/sign-in/email', { body: { email, password: 'x' } });
    const answer = await strict.ask(`/api/v1/invitations/${link.slice(-43)}/accept`, {
      body: { name: 'Bob', password },
    });
    expect([answer.statusCode, cookieOf(answer)]).toEqual([204, '']);
  } finally {
    await strict.close();
  }
});
