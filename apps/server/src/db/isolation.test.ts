import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';
import { ensureRoles } from './roles.ts';

let vif: TestVif;
/** The server's role, on a connection of its own. */
let app: pg.Client;
let ours: { id: string; admin: Asker; user: Asker };
let theirs: typeof ours;
const theirRecord = { organisation: '', person: '' };

beforeAll(async () => {
  vif = await startVif();
  [ours, theirs] = [await vif.workspace('Ours'), await vif.workspace('Theirs')];
  theirRecord.organisation = (
    await theirs.admin.ask('/api/v1/organisations', { body: { name: 'Theirs' } })
  ).json().id;
  theirRecord.person = (await theirs.admin.ask('/api/v1/people', { body: { lastName: 'Theirs' } })).json().id;
  const { app: login } = await ensureRoles(vif.database.owner, undefined);
  app = new pg.Client({ ...vif.database.connection, ...login });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await vif.close();
});

const names = async (text: string) =>
  (await vif.database.owner.query<{ name: string }>(text)).rows.map(({ name }) => name);
const views = () =>
  names(`select 'app.' || table_name as name from information_schema.views where table_schema = 'app'`);

describe('the server’s role', () => {
  it('reads no table, only views', async () => {
    const tables = await names(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('data', 'auth', 'vif')`,
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      await expect(app.query(`select from ${table}`), table).rejects.toMatchObject({ code: '42501' });
      await expect(app.query(`delete from ${table}`), table).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('owns nothing, makes nothing and becomes nobody else', async () => {
    for (const statement of [
      'create table app.mine (id int)',
      'create table public.mine (id int)',
      'create temporary table mine (id int)',
      'create schema mine',
      'create view app.mine as select 1',
      'drop view app.people',
      'alter view app.people owner to current_user',
      'create or replace function app.empty_bins() returns int language sql as $$select 1$$',
      `select app.add_user('${randomUUID()}', 'Eve', 'eve@evil.test', 'hash')`,
      'set session_replication_role = replica',
      `copy app.people to program 'true'`,
      `select pg_read_file('/etc/passwd')`,
    ]) {
      await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
    const { rows } = await app.query(
      `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolbypassrls: false,
        rolreplication: false,
      },
    ]);
    const { rows: owned } = await app.query(
      'select from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user',
    );
    expect(owned).toEqual([]);
    const { rows: member } = await app.query(
      'select from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = current_user',
    );
    expect(member).toEqual([]);
  });

  it('cannot rewrite what was done, nor who is who', async () => {
    await app.query(`select set_config('vif.workspace', $1, false)`, [ours.id]);
    for (const statement of [
      'update app.audit_entries set operation = operation',
      'delete from app.audit_entries',
      'update app.users set email = email',
      'delete from app.users',
      'update app.workspaces set name = name',
      'update app.sessions set user_id = user_id',
      'select token from app.sessions',
      'select password from app.users',
    ]) {
      await expect(app.query(statement), statement).rejects.toMatchObject({ code: /42501|42703/ });
    }
    await app.query('reset vif.workspace');
  });

  it('gets an error from every view while no workspace is set, also after one was', async () => {
    const fresh = new pg.Client({
      ...vif.database.connection,
      user: app.user ?? '',
      password: app.password ?? '',
    });
    await fresh.connect();
    const every = await views();
    expect(every.length).toBeGreaterThanOrEqual(8);
    for (const view of every)
      await expect(fresh.query(`select from ${view}`), view).rejects.toMatchObject({ code: '42704' });
    await fresh.query('begin');
    await fresh.query(`select set_config('vif.workspace', $1, true)`, [ours.id]);
    for (const view of every) await fresh.query(`select from ${view}`);
    await fresh.query('commit');
    for (const view of every)
      await expect(fresh.query(`select from ${view}`), view).rejects.toMatchObject({ code: '22P02' });
    await fresh.end();
  });

  it('has its statements guarded in every view that can be written', async () => {
    const open = await names(
      `select table_name as name from information_schema.views
       where table_schema = 'app' and is_updatable = 'YES' and check_option = 'NONE'`,
    );
    expect(open).toEqual([]);
  });

  it('is held to the owner by a trigger on every table of owned records', async () => {
    const unguarded = await names(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'owner_id'
       where n.nspname = 'data' and c.relkind = 'r' and not exists (
         select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'guard_owner' and t.tgenabled in ('O', 'A'))`,
    );
    expect(unguarded).toEqual([]);
  });
});

describe('another workspace’s rows', () => {
  const write = (statement: ReturnType<typeof sql>) =>
    vif.house.database.write({ workspaceId: ours.id }, (db) => statement.execute(db));

  it('are not there to read, change or delete, by id or without', async () => {
    const { organisation, person } = theirRecord;
    const found = await vif.house.database.read({ workspaceId: ours.id }, async (db) => [
      await db.selectFrom('app.organisations').select('id').where('id', '=', organisation).execute(),
      await db.selectFrom('app.people').select('id').execute(),
      await db.selectFrom('app.users').select('id').where('id', '=', theirs.admin.userId).execute(),
      await db.selectFrom('app.workspaces').select('id').where('id', '!=', ours.id).execute(),
      await db.selectFrom('app.sessions').select('id').where('user_id', '=', theirs.admin.userId).execute(),
    ]);
    expect(found).toEqual([[], [], [], [], []]);
    const touched = [
      await write(sql`update app.organisations set name = 'x' where id = ${organisation}`),
      await write(sql`update app.people set last_name = 'x'`),
      await write(sql`delete from app.organisations where id = ${organisation}`),
      await write(sql`delete from app.people where id = ${person}`),
      await write(sql`delete from app.sessions where user_id = ${theirs.admin.userId}`),
      await write(sql`delete from app.members where user_id = ${theirs.admin.userId}`),
    ];
    expect(touched.map(({ numAffectedRows }) => numAffectedRows)).toEqual([0n, 0n, 0n, 0n, 0n, 0n]);
    expect((await theirs.admin.ask(`/api/v1/people/${person}`)).json().lastName).toBe('Theirs');
  });

  it('cannot be made, nor ours be moved there', async () => {
    const own = (await ours.admin.ask('/api/v1/organisations', { body: { name: 'Ours' } })).json<{
      id: string;
    }>().id;
    const owner = ours.admin.userId;
    for (const statement of [
      sql`insert into app.organisations (workspace_id, name, owner_id, search_text, name_key) values (${theirs.id}, 'x', ${theirs.admin.userId}, 'x', 'x')`,
      sql`insert into app.people (workspace_id, last_name, owner_id, search_text, name_key) values (${theirs.id}, 'x', ${theirs.admin.userId}, 'x', 'x')`,
      sql`insert into app.members (workspace_id, user_id, role) values (${theirs.id}, ${owner}, 'admin')`,
      sql`insert into app.invitations (workspace_id, email, role, expires_at, inviter_id) values (${theirs.id}, 'x', 'admin', now(), ${owner})`,
      sql`insert into app.audit_entries (workspace_id, user_id, operation, request_id) values (${theirs.id}, ${owner}, 'x', 'x')`,
      sql`update app.organisations set workspace_id = ${theirs.id} where id = ${own}`,
      sql`update app.members set workspace_id = ${theirs.id} where user_id = ${owner}`,
    ]) {
      await expect(write(statement)).rejects.toMatchObject({ code: '44000' });
    }
  });

  it('stay out of reach of a setting that a statement changes itself', async () => {
    // The setting is not a secret: the doors alone send SQL. This holds what is promised of it, its end with the transaction.
    await vif.house.database.read({ workspaceId: theirs.id }, (db) => sql`select 1`.execute(db));
    for (let i = 0; i < 10; i++) {
      const { rows } = await vif.house.database.read({ workspaceId: ours.id }, (db) =>
        sql<{ at: string }>`select current_setting('vif.workspace') as at`.execute(db),
      );
      expect(rows).toEqual([{ at: ours.id }]);
    }
  });

  it.each(['en', 'fr'])('are nothing a record can point to, and the field says so (%s)', async (language) => {
    const text = { en: 'This one does not exist in this workspace', fr: 'Cela n’existe pas dans cet espace' }[
      language
    ];
    const headers = { 'accept-language': language };
    const own = (await ours.admin.ask('/api/v1/people', { body: { lastName: 'Ours' } })).json<{
      id: string;
    }>().id;
    const organisation = (await ours.admin.ask('/api/v1/organisations', { body: { name: 'Ours' } })).json<{
      id: string;
    }>().id;
    for (const [path, id, required] of [
      ['/api/v1/people', own, 'lastName'],
      ['/api/v1/organisations', organisation, 'name'],
    ] as const) {
      const fields = {
        ownerId: theirs.admin.userId,
        ...(required === 'lastName' && { organisationId: theirRecord.organisation }),
      };
      for (const [field, value] of Object.entries(fields)) {
        const made = await ours.admin.ask(path, { body: { [required]: 'x', [field]: value }, headers });
        const changed = await ours.admin.ask(`${path}/${id}`, {
          method: 'PATCH',
          body: { [field]: value },
          headers: { ...headers, 'if-match': '*' },
        });
        for (const answer of [made, changed]) {
          expect(answer.json()).toMatchObject({
            status: 422,
            code: 'unknown_reference',
            errors: [{ path: [field], code: 'unknown_reference', message: text }],
          });
        }
      }
    }
  });
});

describe('a role that may write its own records alone', () => {
  it('is held to that by the database, whatever a feature forgot', async () => {
    const make = async (asker: Asker) =>
      (await asker.ask('/api/v1/organisations', { body: { name: 'x' } })).json<{ id: string }>().id;
    const [own, other] = [await make(ours.user), await make(ours.admin)];
    const { userId } = ours.user;
    const write = (statement: ReturnType<typeof sql>) =>
      vif.house.database.write({ workspaceId: ours.id, ownerId: userId }, (db) => statement.execute(db));
    for (const statement of [
      sql`update app.organisations set name = 'y' where id = ${other}`,
      sql`update app.organisations set owner_id = ${userId} where id = ${other}`,
      sql`update app.organisations set owner_id = ${ours.admin.userId} where id = ${own}`,
      sql`delete from app.organisations where id = ${other}`,
      sql`insert into app.organisations (name, owner_id, search_text, name_key) values ('x', ${ours.admin.userId}, 'x', 'x')`,
    ]) {
      await expect(write(statement)).rejects.toMatchObject({ code: 'not_owner' });
    }
    await write(sql`update app.organisations set name = 'y' where id = ${own}`);
    expect((await ours.user.ask(`/api/v1/organisations/${own}`)).json().name).toBe('y');
  });

  it('may rename an organisation of its own though others own its people', async () => {
    const { id } = (await ours.user.ask('/api/v1/organisations', { body: { name: 'Before' } })).json<{
      id: string;
    }>();
    const person = (
      await ours.admin.ask('/api/v1/people', { body: { lastName: 'Ada', organisationId: id } })
    ).json<{ id: string }>();
    const answer = await ours.user.ask(`/api/v1/organisations/${id}`, {
      method: 'PATCH',
      body: { name: 'After' },
      headers: { 'if-match': '*' },
    });
    expect(answer.statusCode, answer.body).toBe(200);
    expect((await ours.admin.ask(`/api/v1/people/${person.id}`)).json().organisationName).toBe('After');
  });
});
