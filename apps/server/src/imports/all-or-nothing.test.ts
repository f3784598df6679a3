import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../db/embedded/testing/until.ts';
import { importCsv, sendCsv } from '../testing/send-csv.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';
import { importLock } from './import-lock.ts';

let vif: TestVif;
let admin: Asker;
let workspaceId: string;
let port: number;
beforeAll(async () => {
  vif = await startVif();
  ({ admin, id: workspaceId } = await vif.workspace('Acme'));
  port = Number(new URL(await vif.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => vif.close());

const owner = () => vif.database.owner;
const total = async () => (await admin.ask('/api/v1/organisations/count')).json<{ total: number }>().total;
/** More rows than one statement takes, `middle` among them. */
const rows = (prefix: string, middle: string) => [
  'ID,Name',
  ...Array.from({ length: 1200 }, (_, at) => (at === 1100 ? middle : `${prefix}${at},${prefix} ${at}`)),
];

/** Runs `body` in PL/pgSQL before each row of organisations is written, until the test ends. */
async function onEachRow(body: string) {
  await owner().query(`
    create sequence data.tries;
    create function data.test_trigger() returns trigger language plpgsql security definer as $$
      begin ${body} return new; end $$;
    create trigger test_trigger before insert or update on data.organisations
      for each row execute function data.test_trigger()`);
}
afterEach(async () => {
  await owner().query(
    'drop function if exists data.test_trigger cascade; drop sequence if exists data.tries',
  );
});

it('imports nothing of a file that cannot be read to its end', async () => {
  const before = await total();
  const answer = await sendCsv(admin, 'organisations', rows('half', '"never closed'));
  expect(answer.json()).toMatchObject({ code: 'invalid_csv' });
  expect(await total()).toBe(before);
  expect(await readdir(vif.uploadFolder)).toEqual([]);
});

it('imports nothing when the database fails in the middle, and takes the file again afterwards', async () => {
  const before = await total();
  await onEachRow(`if new.name = 'fault 900' then raise exception 'no'; end if;`);
  const file = rows('fault', 'fault-m,middle');
  const answer = await sendCsv(admin, 'organisations', file);
  expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal']);
  expect(await total()).toBe(before);
  expect(await readdir(vif.uploadFolder)).toEqual([]);

  await owner().query('drop function data.test_trigger cascade');
  expect(await importCsv(admin, 'organisations', file)).toMatchObject({ rows: 1200, created: 1200 });
});

it('counts once what a deadlock made it do twice', async () => {
  await onEachRow(
    `if new.name = 'again 900' and nextval('data.tries') < 3 then raise sqlstate '40P01'; end if;`,
  );
  const file = rows('again', 'again-m,middle,too many');
  const answer = await importCsv(admin, 'organisations', file);
  const { rows: tries } = await owner().query(`select last_value::int as tries from data.tries`);
  expect(tries).toEqual([{ tries: 3 }]);
  expect(answer).toMatchObject({ rows: 1200, created: 1199, updated: 0 });
  expect(answer.rejected).toHaveLength(1);
});

it('takes one file twice at once, and one of them makes the records', async () => {
  const before = await total();
  const file = rows('twin', 'twin-m,middle');
  const answers = await Promise.all([1, 2].map(() => importCsv(admin, 'organisations', file)));
  // Whichever file was on disk first.
  const counts = answers.map(({ created, unchanged }) => [created, unchanged]);
  expect(counts).toContainEqual([1200, 0]);
  expect(counts).toContainEqual([0, 1200]);
  expect(await total()).toBe(before + 1200);
});

/** Whether a statement of the server's role waits for a lock of somebody else's. */
const isWaiting = async () =>
  (
    await owner().query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    )
  ).rowCount === 1;

it('waits for an import of the same records on another server, and not for other ones', async () => {
  await owner().query('begin');
  await owner().query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    importLock('app.organisations', workspaceId),
  ]);
  expect(await importCsv(admin, 'people', ['Last name', 'Free'])).toMatchObject({ created: 1 });
  const importing = importCsv(admin, 'organisations', ['Name', 'Waiting']);
  await until('the import waits for the other', isWaiting);
  await owner().query('commit');
  expect(await importing).toMatchObject({ created: 1 });
});

it('updates a record that somebody makes with the same external id while it runs', async () => {
  await owner().query('begin');
  await owner().query(
    `insert into data.organisations (workspace_id, name, external_id, owner_id, search_text, name_key)
     values ($1, 'Made meanwhile', 'race', $2, '', '')`,
    [workspaceId, admin.userId],
  );
  const importing = importCsv(admin, 'organisations', [
    'ID,Name,Country',
    'race,Raced,Atlantis',
    'calm,Calm,',
  ]);
  await until('the import waits for the other insert', isWaiting);
  await owner().query('commit');
  const answer = await importing;
  expect(answer).toMatchObject({ rows: 2, created: 1, updated: 1, warningTotal: 1 });
  const { rows: names } = await owner().query(
    `select name from data.organisations where external_id = 'race'`,
  );
  expect(names).toEqual([{ name: 'Raced' }]);
});

it('imports nothing for a client that went while it ran, nor for one that went while sending', async () => {
  const before = await total();
  await importCsv(admin, 'organisations', ['ID,Name', 'held,Held']);
  await owner().query('begin');
  await owner().query(`select from data.organisations where external_id = 'held' for update`);
  const asking = send();
  asking.end(
    ['ID,Name', 'gone1,Gone 1', 'held,Held and gone', ...rows('gone', 'gone-m,middle').slice(1)].join('\n'),
  );
  await until('the import waits for the row', isWaiting);
  asking.destroy();
  await owner().query('commit');

  const sending = send();
  sending.write('ID,Name\nsent,Sent\n');
  await until('the upload has begun', async () => (await readdir(vif.uploadFolder)).length === 1);
  sending.destroy();

  await until('no file is left', async () => (await readdir(vif.uploadFolder)).length === 0);
  expect(await total()).toBe(before + 1);
  expect(vif.logged.filter((line) => line.includes('"level":50') && line.includes('interrupted'))).toEqual(
    [],
  );
});

it('refuses a file over 200 MB by the length that it says it has', async () => {
  const asking = send({ 'content-length': '200000001', 'accept-language': 'fr' });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  asking.on('error', reject).on('response', (response) => {
    response.setEncoding('utf8').on('data', (body: string) => resolve(`${response.statusCode} ${body}`));
  });
  asking.flushHeaders();
  expect(await promise).toMatch(/^413 .*Envoyez au plus 200 Mo/);
  asking.on('error', () => undefined).destroy();
});

function send(headers: Record<string, string> = {}) {
  return request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/v1/organisations/import',
    headers: { cookie: admin.cookie, 'content-type': 'text/csv', ...headers },
  }).on('error', () => undefined);
}
