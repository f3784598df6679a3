import { PostgresServer } from '@vif/cache-postgres/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { cookieOf } from '../testing/cookie-of.ts';
import { complaintsOfLog } from '../testing/servers/complaints-of-log.ts';
import { Gate } from '../testing/servers/gate.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';

const password = 'password of admin';
let server: PostgresServer;
let gate: Gate;
let vif: TestVif;
let owner: pg.Client;
let email: string;
/** How many connections the sign-in library's role is still given before the database is lost. */
let left = Infinity;

beforeAll(async () => {
  server = await PostgresServer.start();
  gate = await Gate.before(server.connection.port ?? 0);
  owner = new pg.Client(server.connection);
  await owner.connect();
  const on = {
    connection: { ...server.connection, port: gate.port },
    owner,
    drop: () => owner.end(),
  };
  vif = await startVif({ on, cacheMemory: 0 }); // each request asks who asks
  vif.database.owner.on('error', () => undefined);
  const { admin } = await vif.workspace('Acme');
  ({ email } = (await admin.ask('/api/v1/me')).json());
  vif.house.authPool.on('acquire', () => {
    if (left-- === 0) gate.set('shut');
  });
});
afterAll(async () => {
  await vif.close();
  gate.close();
  await server.stop();
});

beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

const signIn = () => vif.ask('/api/auth/sign-in/email', { body: { email, password } });

/** Somebody signed in anew, over a database that is there. */
async function signedIn(): Promise<string> {
  left = Infinity;
  gate.set('open');
  const cookie = await vi.waitUntil(async () => cookieOf(await signIn()), { timeout: 10_000 });
  vif.logged.length = 0;
  return cookie;
}

/** What the log says of requests that went wrong. */
const faults = () =>
  vif.logged
    .map((line) => JSON.parse(line) as { level: number; code?: string; msg?: string; err?: Error }) // pino's
    .filter(({ code, level }) => code !== undefined || level >= 50);

type Ask = (cookie: string) => ReturnType<TestVif['ask']>;
const asks: [string, Ask][] = [
  ['signing in', signIn],
  ['asking who one is', (cookie) => vif.ask('/api/v1/me', { headers: { cookie } })],
  ['signing out', (cookie) => vif.ask('/api/auth/sign-out', { method: 'POST', headers: { cookie } })],
  [
    'changing the password',
    (cookie) =>
      vif.ask('/api/v1/me/password', { body: { current: password, next: password }, headers: { cookie } }),
  ],
];

it.each(asks)('a database that is lost at any moment of %s is one line, and no error', async (_, ask) => {
  let cuts = 0;
  const askLosing = async () => {
    const cookie = await signedIn();
    left = cuts;
    const answer = await ask(cookie);
    return { answer, isLost: left < 0 };
  };
  let { answer, isLost } = await askLosing();
  for (; isLost; { answer, isLost } = await askLosing()) {
    cuts++;
    expect(answer.statusCode, `cut ${cuts}`).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(faults()).toMatchObject([{ level: 40, code: 'database_unavailable' }]);
    expect(faults()[0]?.err?.message).toMatch(/connect|ECONN/i);
    expect(complaintsOfLog(vif.logged.join('\n'))).toEqual([]);
    expect(console.error).not.toHaveBeenCalled();
  }
  expect(answer.statusCode).toBeLessThan(300);
  expect(cuts).toBeGreaterThan(1);
});

it.each([
  ['asking who one is', 'session', 'token', asks[1]?.[1]],
  ['signing in', 'account', 'userId', asks[0]?.[1]],
])('a fault of Vif’s own in %s is an error with its trace', async (_, table, column, ask) => {
  const cookie = await signedIn();
  await owner.query(`alter table auth.${table} rename column "${column}" to gone`);
  try {
    expect((await ask?.(cookie))?.json()).toMatchObject({ status: 500, code: 'internal' });
  } finally {
    await owner.query(`alter table auth.${table} rename column gone to "${column}"`);
  }
  const said = faults().find(({ code }) => code === 'internal');
  expect(said).toMatchObject({ level: 50, err: { code: '42703' } });
  expect(said?.err?.stack).toContain('\n    at ');
  expect(console.error).not.toHaveBeenCalled();
});
