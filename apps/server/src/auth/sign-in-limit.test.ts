import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';
import { clientAddressHeader, createAuth } from './auth.ts';

const url = 'http://vif.test';
const path = '/api/auth/sign-in/email';
const password = 'password of user';
/** Of one account; an address may fail five times as often. */
const attempts = 2;
let vif: TestVif;
/** All with the same password. */
let people: string[];
beforeAll(async () => {
  vif = await startVif({ url, attemptsPerMinute: attempts });
  for (const name of ['Acme', 'Bolt', 'Core', 'Dune', 'Echo', 'Fern']) await vif.workspace(name);
  await vif.database.owner.query(
    `update auth.account set password = (select a.password from auth.account a join auth."user" u on u.id = a."userId"
     where u.email like 'user.%@acme.test')`,
  );
  const { rows } = await vif.database.owner.query<{ email: string }>('select email from auth."user"');
  people = rows.map(({ email }) => email);
});
afterAll(() => vif.close());

let addresses = 0;
/** Each test comes from an address of its own. */
const somewhere = () => `198.51.100.${++addresses}`;
const signIn = async (email: string, remoteAddress: string, using = password) =>
  (await vif.ask(path, { body: { email, password: using }, remoteAddress })).statusCode;
const person = (index: number) => people[index] ?? '';
const nobody = (index: number) => `nobody${index}@acme.test`;
/** As if so many seconds had passed since. */
const later = (seconds: number) =>
  vif.database.owner.query('update auth.rate_limit set "lastRequest" = "lastRequest" - $1', [seconds * 1000]);

describe('from one address', () => {
  it('20 people and more sign in within a minute, one after the other or at once', async () => {
    const from = somewhere();
    expect(people.length).toBeGreaterThanOrEqual(20);
    const answers = [];
    for (const email of people.slice(0, 12)) answers.push(await signIn(email, from));
    answers.push(...(await Promise.all(people.slice(12, 20).map((email) => signIn(email, from)))));
    answers.push(await signIn(person(20), from));
    expect(answers).toEqual(Array.from({ length: 21 }, () => 204));
  });

  it('who mistypes too often is stopped, and nobody else', async () => {
    const from = somewhere();
    const guesses = [];
    for (let i = 0; i < 20; i++) guesses.push(await signIn(person(0), from, 'wrong'));
    expect(guesses).toEqual([401, 401, ...Array.from({ length: 18 }, () => 429)]);
    expect(await signIn(person(0), from)).toBe(429);
    expect(await signIn(person(0).toUpperCase(), from)).toBe(429);
    expect(await signIn(person(1), from)).toBe(204);
    expect(await signIn(person(0), somewhere())).toBe(204);
  });

  it('one password tried on everybody is stopped, however many sign in meanwhile', async () => {
    const from = somewhere();
    for (let i = 0; i < attempts * 5; i++) {
      expect(await signIn(nobody(i), from)).toBe(401);
      expect(await signIn(person(i), from)).toBe(i < attempts * 5 - 1 ? 204 : 429);
    }
    expect(await signIn(nobody(99), from)).toBe(429);
  });

  it('at once as well', async () => {
    const from = somewhere();
    const tried = Array.from({ length: 30 }, (_, index) => signIn(nobody(index), from));
    const answers = await Promise.all(tried);
    expect(answers.filter((status) => status === 401)).toHaveLength(attempts * 5);
    expect(answers.filter((status) => status === 429)).toHaveLength(30 - attempts * 5);
  });
});

describe('a minute', () => {
  it('ends, and who tries steadily is not stopped for it', async () => {
    const from = somewhere();
    expect(await signIn(person(0), from)).toBe(204);
    await later(40);
    expect(await signIn(person(0), from)).toBe(204);
    expect(await signIn(person(0), from)).toBe(429);
    await later(21);
    expect(await signIn(person(0), from)).toBe(204);
  });

  it('is told to who has to wait', async () => {
    const from = somewhere();
    for (let i = 0; i < attempts; i++) await signIn(nobody(0), from);
    await later(30);
    const answer = await vif.ask(path, { body: { email: nobody(0), password }, remoteAddress: from });
    const seconds = Number(answer.headers['retry-after']);
    expect(answer.statusCode).toBe(429);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(30);
  });

  it('leaves nothing behind, and no e-mail meanwhile', async () => {
    await signIn(nobody(0), somewhere());
    const keys = async () =>
      (await vif.database.owner.query<{ key: string }>('select key from auth.rate_limit')).rows;
    expect(JSON.stringify(await keys())).not.toContain('@');
    await later(60);
    await signIn(nobody(0), somewhere());
    expect(await keys()).toHaveLength(2);
  });
});

it('what one server counts another does', async () => {
  const from = somewhere();
  const other = createAuth({
    pool: vif.house.authPool,
    cookieSecret: vif.house.cookieSecret,
    url,
    attemptsPerMinute: attempts,
    logger: pino({ level: 'silent' }),
  });
  const there = async (email: string) => {
    const headers = { 'content-type': 'application/json', origin: url, [clientAddressHeader]: from };
    const body = JSON.stringify({ email, password: 'wrong' });
    return (await other.handler(new Request(`${url}${path}`, { method: 'POST', headers, body }))).status;
  };
  expect([await signIn(person(0), from, 'wrong'), await there(person(0))]).toEqual([401, 401]);
  expect([await signIn(person(0), from), await there(person(0))]).toEqual([429, 429]);
  expect(await there(person(1))).toBe(401);
});
