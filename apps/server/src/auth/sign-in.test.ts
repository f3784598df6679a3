import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf } from '../testing/cookie-of.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let email: string;
const password = 'password of admin';
const path = '/api/auth/sign-in/email';
const attempts = 5;
beforeAll(async () => {
  vif = await startVif({ attemptsPerMinute: attempts });
  const { admin } = await vif.workspace('Acme');
  ({ email } = (await admin.ask('/api/v1/me')).json());
});
afterAll(() => vif.close());

let addresses = 0;
/** Each test comes from an address of its own, since attempts are counted by it. */
const somewhere = () => `198.51.100.${++addresses}`;
const signIn = (body: unknown, remoteAddress = somewhere(), headers: Record<string, string> = {}) =>
  vif.ask(path, { body, remoteAddress, headers });

describe('signing in', () => {
  it('opens a session in a cookie that no script reads and no other site sends', async () => {
    const answer = await signIn({ email, password });
    expect(answer.statusCode).toBe(204);
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ name: 'vif.session_token', httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(cookie?.secure).toBeUndefined();
    const me = await vif.ask('/api/v1/me', { headers: { cookie: cookieOf(answer) } });
    expect(me.json().email).toBe(email);
  });

  it('takes the e-mail however it is written', async () => {
    const answer = await signIn({ email: `  ${email.toUpperCase()} `, password });
    expect(answer.statusCode).toBe(204);
  });

  it('answers a wrong password and an unknown e-mail alike', async () => {
    const answers = await Promise.all([
      signIn({ email, password: 'not the password' }),
      signIn({ email: 'nobody@nowhere.test', password }),
    ]);
    const [wrong, unknown] = answers.map((answer) => {
      const { requestId: _, ...rest } = answer.json();
      return { rest, cookies: answer.cookies, length: answer.body.length };
    });
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ rest: { status: 401, code: 'wrong_credentials' }, cookies: [] });
  });

  it.each([
    { email: '', password: '' },
    { email: 'no e-mail', password },
    { email: 'a\u0000b@x.test', password },
    { email: 'a@x.test', password: '\u0000' },
    { email: 'a@x.test', password: '\ud800' },
    { email: `"'; drop table auth.user; --"@x.test`, password },
    { email: '%@%', password: '%' },
    { email: 'é@é.test', password: 'é' },
  ])('refuses %j like any other', async (body) => {
    const answer = await signIn(body);
    expect(answer.json()).toMatchObject({ status: 401, code: 'wrong_credentials' });
  });

  it.each([
    [{ email: { $ne: null }, password }, 'email'],
    [{ email: ['a@x.test'], password }, 'email'],
    [{ email: 'a@x.test' }, 'password'],
    [{ email: 'a@x.test', password: 'x'.repeat(129) }, 'password'],
    [{ email: 'a@x.test', password, rememberMe: false }, 'rememberMe'],
    [{ email: 'a@x.test', password, callbackURL: 'https://evil.example' }, 'callbackURL'],
  ])('refuses %j by its field', async (body, field) => {
    const answer = await signIn(body);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: [field] }] });
  });

  it('ends when signing out, at once and for that session alone', async () => {
    const [first, second] = [await signIn({ email, password }), await signIn({ email, password })].map(
      cookieOf,
    );
    const out = await vif.ask('/api/auth/sign-out', { method: 'POST', headers: { cookie: first ?? '' } });
    expect(out.statusCode).toBe(204);
    expect(cookieOf(out)).toBe('');
    expect(out.headers['set-cookie']).toBeDefined();
    expect((await vif.ask('/api/v1/me', { headers: { cookie: first ?? '' } })).statusCode).toBe(401);
    expect((await vif.ask('/api/v1/me', { headers: { cookie: second ?? '' } })).statusCode).toBe(200);
  });

  it('works no longer once the session has run out', async () => {
    const cookie = cookieOf(await signIn({ email, password }));
    await vif.database.owner.query(`update auth.session set "expiresAt" = now() - interval '1 second'`);
    expect((await vif.ask('/api/v1/me', { headers: { cookie } })).statusCode).toBe(401);
  });
});

describe('guessing', () => {
  it('is stopped after some attempts from one address, even with the right password', async () => {
    const from = somewhere();
    for (let i = 0; i < attempts; i++)
      expect((await signIn({ email, password: 'wrong' }, from)).statusCode).toBe(401);
    const stopped = await signIn({ email, password }, from);
    expect(stopped.json()).toMatchObject({ status: 429, code: 'too_many_requests' });
    const seconds = Number(stopped.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(stopped.json().detail).toContain(String(seconds));
    expect((await signIn({ email, password })).statusCode).toBe(204);
  });

  it.each([
    'x-forwarded-for',
    'x-vif-client-address',
    'x-real-ip',
    'forwarded',
    'x-client-ip',
    'cf-connecting-ip',
    'true-client-ip',
  ])('is stopped whatever address %s claims', async (header) => {
    const from = somewhere();
    const answers = [];
    for (let i = 0; i <= attempts; i++) {
      const claimed = header === 'forwarded' ? `for=203.0.113.${i}` : `203.0.113.${i}`;
      answers.push(
        (await signIn({ email: 'nobody@x.test', password: 'x' }, from, { [header]: claimed })).statusCode,
      );
    }
    expect(answers.at(-1)).toBe(429);
  });

  it('at once is counted as well', async () => {
    const from = somewhere();
    const tries = Array.from({ length: attempts * 4 }, () => signIn({ email, password: 'wrong' }, from));
    const answers = (await Promise.all(tries)).map(({ statusCode }) => statusCode);
    expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(attempts);
    expect(new Set(answers)).toEqual(new Set([401, 429]));
  });

  it('of the current password is stopped too', async () => {
    const from = somewhere();
    const cookie = cookieOf(await signIn({ email, password }));
    const change = () =>
      vif.ask('/api/v1/me/password', {
        body: { current: 'not the password', next: 'a long enough password' },
        headers: { cookie },
        remoteAddress: from,
      });
    for (let i = 0; i < attempts; i++) {
      expect((await change()).json()).toMatchObject({
        status: 400,
        errors: [{ path: ['current'], code: 'wrong_password' }],
      });
    }
    expect((await change()).statusCode).toBe(429);
  });
});

it('asks the browser to send the cookie by https alone where the address is https', async () => {
  const secure = await startVif({ url: 'https://crm.example' });
  try {
    const { admin } = await secure.workspace('Acme');
    const me = (await admin.ask('/api/v1/me')).json();
    const answer = await secure.ask(path, { body: { email: me.email, password } });
    expect(answer.cookies[0]).toMatchObject({
      name: '__Secure-vif.session_token',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    });
  } finally {
    await secure.close();
  }
});

it('counts attempts by the address that a proxy on this machine names, and believes nobody else', async () => {
  const proxied = await startVif({ attemptsPerMinute: 1, behindProxy: true });
  const attempt = async (remoteAddress: string, client: string) => {
    const body = { email: 'nobody@nowhere.test', password };
    return (await proxied.ask(path, { body, remoteAddress, headers: { 'x-forwarded-for': client } }))
      .statusCode;
  };
  try {
    expect(await attempt('127.0.0.1', '203.0.113.1')).toBe(401);
    expect(await attempt('127.0.0.1', '203.0.113.2')).toBe(401);
    expect(await attempt('127.0.0.1', '203.0.113.1')).toBe(429);
    expect(await attempt('198.51.100.200', '203.0.113.3')).toBe(401);
    expect(await attempt('198.51.100.200', '203.0.113.4')).toBe(429);
  } finally {
    await proxied.close();
  }
});
