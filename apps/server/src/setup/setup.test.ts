import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSetupLink } from '../auth/setup-link.ts';
import { cookieOf } from '../testing/cookie-of.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
/** Two servers that started on the same empty database. */
let tokens: string[];
const body = {
  workspace: 'Gravity',
  country: 'BE',
  name: 'Ada',
  email: 'Ada@Gravity.test',
  password: 'a long enough password',
};

beforeAll(async () => {
  vif = await startVif();
  const links = [
    await makeSetupLink(vif.database.owner, 'https://crm.example'),
    await makeSetupLink(vif.database.owner, 'https://crm.example'),
  ];
  tokens = links.map((link) => /^https:\/\/crm\.example\/setup\/([\w-]{43})$/.exec(link ?? '')?.[1] ?? '');
});
afterAll(() => vif.close());

const path = (token: string | undefined) => `/api/v1/setup/${token ?? ''}`;
const rows = async (table: string) => (await vif.database.owner.query(`select from ${table}`)).rowCount;

describe('setting up', () => {
  it('has no user and no password before', async () => {
    expect([await rows('auth."user"'), await rows('auth.account'), await rows('auth.organization')]).toEqual([
      0, 0, 0,
    ]);
  });

  it('asks for a token that only its hash is kept of', async () => {
    const { rows: kept } = await vif.database.owner.query<{ hash: Buffer }>(
      'select hash from vif.setup_tokens',
    );
    const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'));
    expect(kept.map(({ hash }) => hash.toString('hex')).toSorted()).toEqual(hashes.toSorted());
  });

  it.each(['-'.repeat(43), 'short', '', 'a'.repeat(44), '%00'.repeat(43), "' or true --"])(
    'is not open for %j',
    async (token) => {
      const address = `/api/v1/setup/${encodeURIComponent(token)}`;
      expect((await vif.ask(address)).statusCode).toBeGreaterThanOrEqual(400);
      const answer = await vif.ask(address, { body });
      expect([400, 404]).toContain(answer.statusCode);
      expect(await rows('auth."user"')).toBe(0);
    },
  );

  it.each([
    [{ password: 'eleven char' }, 'password'],
    [{ password: undefined }, 'password'],
    [{ email: 'ada' }, 'email'],
    [{ country: 'XX' }, 'country'],
    [{ country: undefined }, 'country'],
    [{ workspace: '  ' }, 'workspace'],
    [{ name: '' }, 'name'],
    [{ role: 'admin' }, 'role'],
    [{ id: '00000000-0000-4000-8000-000000000000' }, 'id'],
  ])('does nothing with %j', async (change, field) => {
    const answer = await vif.ask(path(tokens[0]), { body: { ...body, ...change } });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: [field] }] });
    expect(await rows('auth.organization')).toBe(0);
  });

  it('is open by either server’s address until one is used', async () => {
    for (const token of tokens) expect((await vif.ask(path(token))).json()).toEqual({ open: true });
  });

  it('makes one workspace and one administrator however many try at once, and then never again', async () => {
    const tries = [...tokens, ...tokens, ...tokens].map((token, index) =>
      vif.ask(path(token), { body: { ...body, email: `ada${index}@gravity.test` } }),
    );
    const answers = await Promise.all(tries);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      204, 404, 404, 404, 404, 404,
    ]);
    expect([
      await rows('auth.organization'),
      await rows('auth."user"'),
      await rows('auth.member'),
      await rows('vif.setup_tokens'),
    ]).toEqual([1, 1, 1, 0]);
    const cookie = answers.map(cookieOf).find((one) => one !== '') ?? '';
    const me = (await vif.ask('/api/v1/me', { headers: { cookie } })).json();
    expect(me).toMatchObject({ name: 'Ada', workspace: { name: 'Gravity', country: 'BE', role: 'admin' } });
    for (const token of tokens) {
      expect((await vif.ask(path(token))).statusCode).toBe(404);
      expect((await vif.ask(path(token), { body })).statusCode).toBe(404);
    }
    expect(await makeSetupLink(vif.database.owner, 'https://crm.example')).toBeUndefined();
  });

  it('stays closed for a token that is written behind Vif’s back', async () => {
    const hash = createHash('sha256').update('b'.repeat(43)).digest();
    await vif.database.owner.query('insert into vif.setup_tokens (hash) values ($1)', [hash]);
    expect((await vif.ask(path('b'.repeat(43)), { body })).statusCode).toBe(404);
  });
});
