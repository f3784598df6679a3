import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase, emptyDatabase, type TestDatabase } from '../testing/test-database.ts';
import { migrate } from './migrate.ts';
import { ensureRoles, type RoleLogin } from './roles.ts';

let database: TestDatabase;
let app: pg.Client;
let auth: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  const { app: appLogin, auth: authLogin } = await ensureRoles(database.owner, undefined);
  const connected = async (login: RoleLogin | undefined) => {
    const client = new pg.Client({ ...database.connection, ...login });
    await client.connect();
    return client;
  };
  [app, auth] = [await connected(appLogin), await connected(authLogin)];
});
afterAll(async () => {
  await Promise.all([app.end(), auth.end()]);
  await database.drop();
});

const denied = { code: '42501' };
const forNobody = [
  `insert into vif_cache.outbox (connection, tags) values ('', '{}')`,
  `update vif_cache.outbox set tags = '{}'`,
  'truncate vif_cache.outbox',
  'delete from vif_cache.authority',
  'select * from vif_cache.exempt',
  `select vif_cache.emit('{}')`,
  'select vif_cache.emit_bulk()',
  `select vif_cache.track('auth.session')`,
  'create table vif_cache.mine (id int)',
];

it('the server’s role drains the outbox and keeps the authority, and no more', async () => {
  for (const statement of forNobody)
    await expect(app.query(statement), statement).rejects.toMatchObject(denied);
  await app.query('delete from vif_cache.outbox where id in (select id from vif_cache.outbox)');
  await app.query('update vif_cache.authority set joined = joined');
  expect((await app.query('select vif_cache.untracked()')).rows).toEqual([]);
});

it('the sign-in library’s role writes with its tags and reads them', async () => {
  for (const statement of [...forNobody, 'delete from vif_cache.outbox', 'select vif_cache.untracked()'])
    await expect(auth.query(statement), statement).rejects.toMatchObject(denied);
  await auth.query(`insert into auth.verification (identifier, value, "expiresAt") values ('x', 'x', now())`);
  const { rows } = await auth.query('select tags from vif_cache.outbox order by id desc limit 1');
  expect(rows).toEqual([{ tags: ['*:auth.verification:any'] }]);
  expect((await auth.query('select joined from vif_cache.authority')).rows).toEqual([{ joined: 0 }]);
});

it('nobody else sees that the schema is there', async () => {
  await database.owner.query('begin');
  await database.owner.query('create role stranger; set local role stranger');
  await expect(database.owner.query('select * from vif_cache.outbox')).rejects.toMatchObject(denied);
  await database.owner.query('rollback');
});

it('the owner keeps its rights where DATABASE_APP_URL names it', async () => {
  const empty = await emptyDatabase();
  const login = { user: `limited_${randomUUID().slice(0, 8)}`, password: 'limited' };
  await empty.owner.query(`create role ${login.user} login password 'limited'`);
  await empty.owner.query(`alter database ${empty.connection.database ?? ''} owner to ${login.user}`);
  const owner = new pg.Client({ ...empty.connection, ...login });
  await owner.connect();
  await migrate(owner);
  await ensureRoles(owner, login);
  const { rowCount } = await owner.query(`insert into vif_cache.outbox (connection, tags) values ('', '{}')`);
  await owner.end();
  await empty.owner.query(`drop owned by ${login.user} cascade`);
  await empty.drop();
  await database.owner.query(`drop role ${login.user}`);
  expect(rowCount).toBe(1);
});
