import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findRunningDatabase } from '../db/embedded/running-database.ts';
import { until } from '../db/embedded/testing/until.ts';
import { type VifProcesses, vifProcesses } from '../testing/vif-processes.ts';

const sample = resolve(import.meta.dirname, '../../../../..', 'shared/data/accounts.csv');
const absent = 'the folder shared/data is not beside the repository';
const as = ['--as', 'camille.martin@demo.example'];

let vif: VifProcesses;
let server: Awaited<ReturnType<VifProcesses['startServer']>> | undefined;
beforeAll(async () => {
  vif = await vifProcesses();
  await vif.run(['seed', '--organisations', '0', '--people', '0']);
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
});
afterAll(() => vif.remove());

/** A file that takes some seconds. */
async function bigFile(name: string, rows: number): Promise<string> {
  const lines = Array.from(
    { length: rows },
    (_, at) => `${name}-${at},${name} ${at},contact@${name}-${at}.example`,
  );
  const path = join(vif.folder, `${name}.csv`);
  await writeFile(path, ['ID,Name,Email', ...lines].join('\n'));
  return path;
}

it('imports a Salesforce export twice while the server runs, and without it', async ({ skip }) => {
  skip(!existsSync(sample), absent);
  server = await vif.startServer();
  const first = await vif.run(['import', 'organisations', sample, ...as]);
  expect(first.stdout).toMatch(/423 rows\n423 created\n/);
  const second = await vif.run(['import', 'organisations', sample, ...as]);
  expect(second.stdout).toMatch(/423 rows\n {2}0 created\n {2}0 updated\n423 unchanged\n/);
  await server.stop();
  const alone = await vif.run(['import', 'organisations', sample, ...as]);
  expect(alone.stdout).toMatch(/423 rows\n {2}0 created\n {2}0 updated\n423 unchanged\n/);
  expect(alone.code).toBe(0);
});

it('Ctrl-C while the server imports: nothing is imported, and no session is left', async () => {
  server = await vif.startServer();
  const held = join(vif.folder, 'held.csv');
  await writeFile(held, 'ID,Name\nheld-0,Held 0');
  await vif.run(['import', 'organisations', held, ...as]);
  const holder = await vif.owner();
  const owner = await vif.owner();
  await holder.query('begin');
  await holder.query(`select from data.organisations where external_id = 'held-0' for update`);
  const { child, ended } = vif.begin(['import', 'organisations', await bigFile('held', 3000), ...as]);
  const isWaitedFor = async (lock: string) =>
    (await owner.query('select from pg_stat_activity where wait_event = $1', [lock])).rowCount === 1;
  await until('the import waits for the row', () => isWaitedFor('transactionid'), 30_000);
  child.kill('SIGINT');
  await until('the command waits for the import', () => isWaitedFor('advisory'), 30_000);
  await holder.query('commit');
  expect(await ended).toMatchObject({
    code: 130,
    stdout: '',
    stderr: 'Interrupted. Nothing was imported.\n',
  });
  const { rows } = await owner.query(
    `select (select count(*)::int from data.organisations where name like 'held %') as imported,
      (select count(*)::int from auth.session) as sessions`,
  );
  expect(rows).toEqual([{ imported: 0, sessions: 0 }]);
});

it('Ctrl-C while it imports by itself: nothing is imported, and the database is stopped', async () => {
  const path = await bigFile('alone', 100_000);
  const { child, ended } = vif.begin(['import', 'organisations', path, ...as]);
  await until('the file is at Vif', async () => (await uploads()).length === 1, 30_000);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toMatch(/Interrupted\. Nothing was imported\.\n$/);
  expect(await uploads()).toEqual([]);

  server = await vif.startServer();
  const owner = await vif.owner();
  const { rowCount } = await owner.query(`select from data.organisations where external_id like 'alone-%'`);
  expect(rowCount).toBe(0);
  const taken = await vif.run(['import', 'organisations', path, ...as]);
  expect(taken.stdout).toMatch(/100,000 rows\n100,000 created\n/);
});

const uploads = () => readdir(join(vif.dataFolder, 'uploads')).catch(() => []);

it('uses the database of DATABASE_URL, and says when the running server uses another', async () => {
  server = await vif.startServer();
  const { host, port, password } = (await findRunningDatabase(vif.dataFolder)) ?? {};
  const urlOf = (name: string) =>
    `postgresql:///${name}?host=${encodeURIComponent(String(host))}&port=${port}&user=vif&password=${encodeURIComponent(String(password))}`;
  const path = await bigFile('url', 10);
  const other = { VIF_DATA: join(vif.folder, 'other') };
  const asked = ['import', 'organisations', path, ...as];
  const imported = await vif.run(asked, { env: { ...other, DATABASE_URL: urlOf('vif') } });
  // A machine with much else to do takes more than a second, which is worth a line.
  const faults = imported.stderr.split('\n').filter((line) => line && !line.includes('"msg":"slow request"'));
  expect({ code: imported.code, faults }).toEqual({ code: 0, faults: [] });
  // One Vif serves a database, so the second has another one on that server.
  await (await vif.owner()).query('create database another');
  const second = await vif.startServer({ ...other, DATABASE_URL: urlOf('another') });
  const refused = await vif.run(asked, { env: other });
  await second.stop();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^The Vif that runs on \S+ uses a PostgreSQL of its own: set DATABASE_URL/);
});

it('seed adds all or nothing, with the server running and without, and goes on where it ended', async () => {
  const alone = await vif.run(['seed', '--organisations', '1500', '--people', '2500']);
  expect(alone.code, alone.stderr).toBe(0);
  server = await vif.startServer();
  const owner = await vif.owner();
  const counts = async () =>
    (
      await owner.query<Record<string, unknown>>(
        `select count(*)::int as organisations, count(distinct external_id)::int as ids, max(external_id) as last
         from data.organisations where external_id like 'DEMO-O-%'`,
      )
    ).rows[0];
  expect(await counts()).toEqual({ organisations: 1500, ids: 1500, last: 'DEMO-O-000001500' });
  const both = await Promise.all([
    vif.run(['seed', '--organisations', '1000', '--people', '0']),
    vif.run(['seed', '--organisations', '1000', '--people', '10']),
  ]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(await counts()).toEqual({ organisations: 3500, ids: 3500, last: 'DEMO-O-000003500' });

  const { child, ended } = vif.begin(['seed', '--organisations', '200000', '--people', '0']);
  await until(
    'it inserts',
    async () =>
      (await owner.query(`select from pg_stat_activity where query like 'insert into data.organisations%'`))
        .rowCount === 1,
    30_000,
  );
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130 });
  expect((await ended).stderr).toMatch(/Interrupted\. Nothing was added\.\n$/);
  expect(await counts()).toEqual({ organisations: 3500, ids: 3500, last: 'DEMO-O-000003500' });
});
