import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSetupLink } from '../auth/setup-link.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif({ logLevel: 'trace' });
});
afterAll(() => vif.close());

const password = 'canary password of the administrator';
const next = 'canary password after the change';

/** Whoever reads the log or an answer must find none of these, nor what is kept of them. */
it('keeps passwords, cookies and one-time tokens out of every log line and answer', async () => {
  const secrets = new Map<string, string>([
    ['a password', password],
    ['a changed password', next],
  ]);
  const answers: string[] = [];
  const ask: TestVif['ask'] = async (path, options) => {
    const answer = await vif.ask(path, options);
    answers.push(answer.body);
    for (const cookie of answer.cookies) if (cookie.value) secrets.set(`cookie of ${path}`, cookie.value);
    return answer;
  };
  const cookieOf = (answer: Awaited<ReturnType<typeof ask>>) =>
    answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');

  const link = (await makeSetupLink(vif.database.owner, 'http://vif.test')) ?? '';
  const token = link.slice(link.lastIndexOf('/') + 1);
  secrets.set('the set-up token', token);
  const setup = { workspace: 'Acme', country: 'FR', name: 'Ada', email: 'ada@acme.test', password };
  await ask(`/api/v1/setup/${token}`);
  await ask(`/api/v1/setup/${token}`, { body: { ...setup, country: 'Nowhere' } });
  const cookie = cookieOf(await ask(`/api/v1/setup/${token}`, { body: setup }));
  expect(cookie).toContain('vif.session_token');
  await ask(`/api/v1/setup/${token}`, { body: setup });

  const invited = await ask('/api/v1/members/invitations', {
    body: { email: 'bob@acme.test', role: 'user' },
    headers: { cookie },
  });
  const invitation = invited.json<{ link: string }>().link.split('/').at(-1) ?? '';
  answers.pop(); // the one answer whose purpose is to show the link
  secrets.set('an invitation’s token', invitation);
  await ask('/api/v1/members', { headers: { cookie } });
  await ask(`/api/v1/invitations/${invitation}`);
  await ask(`/api/v1/invitations/${invitation}/accept`, { body: { password } });
  await ask(`/api/v1/invitations/${invitation}/accept`, { body: { name: 'Bob', password } });
  await ask(`/api/v1/invitations/${invitation}/accept`, { body: { name: 'Bob', password } });

  await ask('/api/auth/sign-in/email', { body: { email: 'ada@acme.test', password: `${password} wrong` } });
  await ask('/api/auth/sign-in/email', { body: { email: 'nobody@acme.test', password } });
  await ask('/api/auth/sign-in/email', { body: { email: 'ada@acme.test', password, extra: password } });
  await ask('/api/auth/sign-in/email', { body: { email: 'ada@acme.test', password } });
  await ask('/api/v1/me/password', { body: { current: `${next}x`, next }, headers: { cookie } });
  await ask('/api/v1/me/password', { body: { current: password, next: 'short' }, headers: { cookie } });
  const changed = await ask('/api/v1/me/password', {
    body: { current: password, next },
    headers: { cookie },
  });
  expect(changed.statusCode, changed.body).toBe(204);
  await ask('/api/v1/me', { headers: { cookie, authorization: `Bearer ${next}` } });
  await ask(`/api/v1/organisations?q=x&token=${next}`, { headers: { cookie: cookieOf(changed) } });

  // A fault of ours while a secret is in the air: the log says why, and no more.
  await vif.database.owner.query('alter table auth.account rename column password to gone');
  await ask('/api/auth/sign-in/email', { body: { email: 'ada@acme.test', password: next } });
  await ask('/api/v1/me/password', {
    body: { current: next, next: password },
    headers: { cookie: cookieOf(changed) },
  });
  await vif.database.owner.query('alter table auth.account rename column gone to password');

  const { rows } = await vif.database.owner.query<{ value: string }>(
    'select password as value from auth.account union all select token from auth.session union all select value from vif.secrets',
  );
  for (const [index, { value }] of rows.entries()) secrets.set(`row ${index}`, value);
  for (const one of [token, invitation])
    secrets.set(`hash of ${one}`, createHash('sha256').update(one).digest('hex'));

  expect(vif.logged.length).toBeGreaterThan(20);
  expect(secrets.size).toBeGreaterThan(12);
  for (const [name, secret] of secrets) {
    for (const spelled of [secret, encodeURIComponent(secret), decodeURIComponent(secret)]) {
      expect(
        vif.logged.filter((line) => line.includes(spelled)),
        `${name} in the log`,
      ).toEqual([]);
      expect(
        answers.filter((body) => body.includes(spelled)),
        `${name} in an answer`,
      ).toEqual([]);
    }
  }
});

it('cuts secrets out by name, should one ever be logged', () => {
  const { log } = vif.app;
  log.info({ password: 'canary-1', a: { cookie: 'canary-2' }, b: { c: { token: 'canary-3' } } });
  const line = vif.logged.at(-1) ?? '';
  expect(line.match(/\[redacted\]/g)).toHaveLength(3);
  expect(line).not.toContain('canary-');
});
