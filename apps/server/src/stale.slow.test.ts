import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from './db/embedded/testing/until.ts';
import { type SpawnedVif, setUp, spawnVif } from './testing/spawn-vif.ts';
import { accessThroughout } from './testing/stale/access.ts';
import { StaleConnection } from './testing/stale/connection.ts';
import { StaleImports } from './testing/stale/imports.ts';
import { StaleNewcomers } from './testing/stale/newcomers.ts';
import { promised, StalePsql } from './testing/stale/psql.ts';
import { organisationDetail, owners, type Question, questionsOf } from './testing/stale/questions.ts';
import { StaleReader } from './testing/stale/reader.ts';
import { StaleRun } from './testing/stale/run.ts';
import { type StaleActors, storm } from './testing/stale/storm.ts';
import { joinAs, makeStaleWorld, password, type StaleWorld } from './testing/stale/world.ts';
import { StaleWriter } from './testing/stale/writer.ts';
import { type VifProcesses, vifProcesses } from './testing/vif-processes.ts';

const readers = 20;
const writers = 2;
/** Milliseconds. */
const duration = 30_000;
/** Changes behind Vif's back, made while nobody writes through it and so nothing else tells the cache. */
const quietChanges = 30;

const run = new StaleRun();
let processes: VifProcesses;
let vif: SpawnedVif;
let errors = '';
let world: StaleWorld;
let questions: Question[];
let actors: StaleActors;
let admin: StaleConnection;
const connections: { close: () => void }[] = [];

beforeAll(async () => {
  processes = await vifProcesses();
  vif = spawnVif({ VIF_DATA: processes.dataFolder });
  vif.process.stderr?.on('data', (text: string) => {
    errors += text;
  });
  const { address, cookie } = await setUp(vif);
  world = await makeStaleWorld(address, cookie, run.ledger);
  questions = questionsOf(world);
  admin = connect();
  const usher = connect();
  actors = {
    writers: Array.from({ length: writers }, (_, at) => new StaleWriter(run, world, { at, writers })),
    imports: new StaleImports(run, connect(), world),
    newcomers: new StaleNewcomers(run, new StaleReader(run, usher), usher),
    psql: new StalePsql(run, await processes.owner(), world),
  };
  connections.push(actors.psql, ...actors.writers);
});

afterAll(async () => {
  for (const connection of connections) connection.close();
  vif.kill('SIGKILL');
  await vif.exit();
  await processes.remove();
});

/** Another connection of the administrator's, closed at the end. */
function connect(): StaleConnection {
  const connection = new StaleConnection(world.address, world.admin);
  connections.push(connection);
  return connection;
}

/** Nothing stale and no fault; what there is of either is told with its whole story. */
function expectNothingWrong() {
  const { stale, faults } = run.figures;
  expect(stale.slice(0, 10), `${stale.length} stale reads`).toEqual([]);
  expect(faults).toEqual([]);
}

function expectSeenInTime(changes: number) {
  const { seen } = run.figures;
  expect(seen.length).toBeGreaterThanOrEqual(changes);
  expect(seen.filter(({ milliseconds }) => milliseconds > promised)).toEqual([]);
}

it('shows each kind of write in every read that depends on it, when no other write comes to its help', async () => {
  const [writer] = actors.writers;
  if (!writer) throw new Error('There is no writer');
  const { organisations, people } = writer.comers;
  const { imports, newcomers } = actors;
  const reader = new StaleReader(run, admin);
  const sweep = async () => {
    for (const question of questions) await reader.ask(question);
  };
  const acts = {
    'organisations.update': () => writer.rename('name'),
    'people.update': () => writer.rename('firstName'),
    'organisations.create': () => organisations.create(),
    'organisations.delete': () => organisations.bin(),
    'organisations.restore': () => organisations.restore(),
    'people.create': () => people.create(),
    'people.delete': () => people.bin(),
    'people.restore': () => people.restore(),
    'organisations.import': () => imports.organisations(),
    'people.import': () => imports.people(),
    'members.remove': () => newcomers.leave(),
    'invitations.accept': () => newcomers.join(),
  };
  await newcomers.join(); // so that there is somebody to remove
  run.begin();
  for (const act of Object.values(acts)) {
    await sweep();
    const { hits } = run.figures;
    await sweep();
    expect(run.figures.hits - hits, 'answers that are kept, to be found stale').toBe(questions.length);
    await act();
    await sweep();
  }
  console.log(run.figures.line('One write at a time'));
  expectNothingWrong();
  expect([...run.figures.writes.keys()].toSorted()).toEqual(Object.keys(acts).toSorted());
});

it('gives a load that began before a write neither to who asks behind it nor to anybody later', async () => {
  const [writer] = actors.writers;
  const target = writer?.comers.organisations.next;
  if (!writer || !target) throw new Error('There is nothing to put into the bin');
  const question = organisationDetail(target.id);
  const [early, late] = [new StaleReader(run, connect()), new StaleReader(run, connect())];
  const [holder, watcher] = [await processes.owner(), await processes.owner()];
  for (const reader of [early, late]) await reader.ask(owners); // so that their connections are open
  await writer.comers.organisations.create(); // and what was kept of the target is outdated
  run.begin();
  // A load has its snapshot when it comes to the people, and waits for them there.
  await holder.query('begin; lock table data.people in access exclusive mode');
  const first = early.ask(question);
  await until('the load waits', async () => {
    const waiting = `select from pg_locks where not granted and relation = 'data.people'::regclass`;
    return (await watcher.query(waiting)).rowCount === 1;
  });
  await writer.comers.organisations.bin();
  const second = late.ask(question);
  await admin.ask('/api/v1/me'); // behind which the second is at Vif
  await holder.query('commit');
  expect((await first)?.body, 'it is as it was when the load began').toMatchObject({ deletedAt: null });
  await second;
  await late.ask(question);
  expectNothingWrong();
});

it('shows what psql changed within the promised second, when nothing else is written', async () => {
  run.begin();
  for (let change = 0; change < quietChanges; change++) await actors.psql.step();
  console.log(run.figures.line('Changed behind Vif’s back, in quiet'));
  expectNothingWrong();
  expectSeenInTime(quietChanges);
});

it('answers nothing older than what was acknowledged, with writes, imports and psql on the same records', async () => {
  run.begin();
  await storm(run, { world, questions }, actors, { readers, until: pause(duration) });
  const { figures } = run;
  console.log(figures.line(`${readers} readers, ${writers} writers, ${duration / 1000} s`));
  expectNothingWrong();
  expectSeenInTime(10);
  expect([...figures.reads.keys()].toSorted()).toEqual(
    [...new Set(questions.map(({ kind }) => kind))].toSorted(),
  );
  expect(figures.readCount).toBeGreaterThan(3000);
  expect(figures.hitRate).toBeGreaterThan(0.5);
  expect(figures.notModified).toBeGreaterThan(100);
  expect(figures.compressed).toBeGreaterThan(100);
});

const page = '/api/v1/organisations?pageSize=5';
const membersPage = '/api/v1/members';
const always = (status: number) => Array.from({ length: 4 }, () => status);
const throughout = (cookie: string, path: string, change: () => Promise<unknown>) =>
  accessThroughout({ address: world.address, cookie }, path, change);
const refused = { before: always(200), after: always(401), kept: true };

async function expectStatus(status: number, ...asked: Parameters<StaleConnection['ask']>) {
  const answer = await admin.ask(...asked);
  expect(answer.status, answer.text).toBe(status);
}

async function signIn(email: string, secret = password): Promise<StaleConnection> {
  const connection = new StaleConnection(world.address);
  connections.push(connection);
  await connection.signIn('/api/auth/sign-in/email', { email, password: secret });
  return connection;
}

it('refuses at once who lost their role, and lets them do less once they are back', async () => {
  const { id, email, cookie } = world.members.manager;
  const body = { role: 'readonly' };
  expect(
    await throughout(cookie, page, () =>
      expectStatus(200, `/api/v1/members/${id}`, { method: 'PATCH', body }),
    ),
  ).toEqual(refused);
  const back = await signIn(email);
  expect((await back.ask(page)).status).toBe(200);
  const made = await back.ask('/api/v1/organisations', { method: 'POST', body: { name: 'Not allowed' } });
  expect(made.status).toBe(403);
  expect(
    await throughout(back.cookie, page, () => back.ask('/api/auth/sign-out', { method: 'POST' })),
  ).toEqual(refused);
});

it('takes an administrator’s rights at once in the session they keep, as they give them up', async () => {
  const { id, cookie } = world.members.admin;
  const self = new StaleConnection(world.address, cookie);
  connections.push(self);
  const step = () => self.ask(`/api/v1/members/${id}`, { method: 'PATCH', body: { role: 'manager' } });
  expect(await throughout(cookie, membersPage, step)).toEqual({
    before: always(200),
    after: always(403),
    kept: true,
  });
  expect((await self.ask(page)).status).toBe(200);
});

it('refuses at once the other sessions of who changed their password, and the changed one’s old cookie', async () => {
  const { email, cookie } = world.members.user;
  const self = await signIn(email);
  const body = { current: password, next: 'another long password' };
  const change = () => self.ask('/api/v1/me/password', { method: 'POST', body });
  const old = self.cookie;
  expect(await throughout(cookie, page, change)).toEqual(refused);
  expect((await self.ask(page, { headers: { cookie: old } })).status).toBe(401);
  expect((await (await signIn(email, body.next)).ask(page)).status).toBe(200);
});

it('refuses at once whose password was set by the command, in a process beside the server', async () => {
  const { email, cookie } = await joinAs(admin, 'user', 'locked out');
  expect(
    await throughout(cookie, page, async () => {
      const { code, stderr } = await processes.run(['password', email]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }),
  ).toEqual(refused);
});

it('refuses a removed member at once', async () => {
  const { id, cookie } = world.members.readonly;
  const remove = () => expectStatus(204, `/api/v1/members/${id}`, { method: 'DELETE' });
  expect(await throughout(cookie, page, remove)).toEqual(refused);
});

it('heeds within the promised second what psql does to roles and sessions', async () => {
  const { id, cookie } = await joinAs(admin, 'admin', 'watched');
  const owner = await processes.owner();
  const connection = new StaleConnection(world.address, cookie);
  connections.push(connection);
  const takes = async (path: string, status: number, sql: string) => {
    for (let n = 0; n < 2; n++) expect((await connection.ask(path)).status).toBe(200);
    await owner.query(sql, [id]);
    const committed = performance.now();
    while ((await connection.ask(path)).status !== status && performance.now() < committed + 2 * promised);
    return performance.now() - committed;
  };
  const role = await takes(membersPage, 403, `update auth.member set role = 'user' where "userId" = $1`);
  const session = await takes(page, 401, 'delete from auth.session where "userId" = $1');
  console.log(`psql: a role heeded after ${Math.round(role)} ms, a session after ${Math.round(session)} ms`);
  expect(Math.max(role, session)).toBeLessThanOrEqual(promised);
});

it('said nothing on standard error, and stops when it is told to', async () => {
  // An import and a rename that deadlock over the same people are told apart after PostgreSQL's one second, and run
  // again: that is a slow request.
  const lines = errors.split('\n').filter((line) => line !== '' && !line.includes('"msg":"slow request"'));
  expect(lines).toEqual([]);
  vif.kill('SIGTERM');
  expect(await vif.exit()).toBe(0);
});
