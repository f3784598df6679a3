import { randomUUID } from 'node:crypto';
import { tagValue } from '@vif/cache-postgres';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../testing/test-database.ts';

let database: TestDatabase;
let owner: pg.Client;
const [ours, theirs, ada, bob] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

const organisation = (workspace: string, name: string) =>
  `insert into data.organisations (workspace_id, name, owner_id, search_text, name_key, external_id)
   values ('${workspace}', '${name}', '${ada}', '', '', '${name}')`;

beforeAll(async () => {
  database = await cloneDatabase();
  ({ owner } = database);
  await owner.query(`
    insert into auth.organization (id, name, slug) values ('${ours}', 'Ours', 'ours'), ('${theirs}', 'Theirs', 'theirs');
    insert into auth."user" (id, name, email) values ('${ada}', 'Ada', 'ada@vif.test'), ('${bob}', 'Bob', 'bob@vif.test');
    insert into auth.member ("organizationId", "userId", role)
      values ('${ours}', '${ada}', 'admin'), ('${theirs}', '${ada}', 'admin'), ('${ours}', '${bob}', 'user');
    ${organisation(ours, 'One')}; ${organisation(ours, 'Two')}; ${organisation(theirs, 'Three')}`);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await owner.query('truncate vif_cache.outbox');
});

/** What waits now, a list of tags a row, and nothing afterwards. */
async function taken(): Promise<string[][]> {
  const { rows } = await owner.query<{ tags: string[] }>(
    'with gone as (delete from vif_cache.outbox returning id, tags) select tags from gone order by id',
  );
  return rows.map(({ tags }) => tags.toSorted());
}

/** What a statement leaves; it is undone. */
async function emits(...statements: string[]): Promise<string[][]> {
  await owner.query('begin');
  for (const statement of statements) await owner.query(statement);
  const rows = await taken();
  await owner.query('rollback');
  return rows;
}

/** The same without the tags of values. */
const whole = (rows: string[][]) => rows.map((tags) => tags.filter((tag) => !tag.includes('=')));

const every = async () =>
  (
    await owner.query<{ name: string; exempt: boolean }>(
      `select n.nspname || '.' || c.relname as name, e.table_name is not null as exempt
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join vif_cache.exempt e on e.table_name = n.nspname || '.' || c.relname
       where n.nspname in ('data', 'auth') and c.relkind not in ('i', 'S', 't', 'c', 'v') order by 1`,
    )
  ).rows;

describe('tracked tables', () => {
  it('are all of data and auth, one exception named', async () => {
    const tables = await every();
    expect(tables.filter(({ exempt }) => exempt).map(({ name }) => name)).toEqual(['auth.rate_limit']);
    const { rows } = await owner.query<{ name: string; triggers: number }>(
      `select tgrelid::regclass::text as name, count(*)::int as triggers from pg_trigger
       where tgname like 'vif\\_cache\\_%' and tgenabled = 'A' group by 1 order by 1`,
    );
    expect(rows.map(({ name }) => name.replaceAll('"', '')).toSorted()).toEqual(
      tables.filter(({ exempt }) => !exempt).map(({ name }) => name),
    );
    expect(new Set(rows.map(({ triggers }) => triggers))).toEqual(new Set([4]));
    expect(rows.length).toBeGreaterThanOrEqual(10);
    expect((await owner.query('select vif_cache.untracked()')).rows).toEqual([]);
  });

  it.each([
    ['missing', 'drop trigger vif_cache_update on data.people', 'data.people'],
    ['switched off', 'alter table auth.member disable trigger vif_cache_truncate', 'auth.member'],
    ['for origin alone', 'alter table auth.member enable trigger vif_cache_delete', 'auth.member'],
    [
      'conditional',
      `create or replace trigger vif_cache_delete after delete on data.people for each statement
       when (current_user = 'x') execute function vif_cache."data.people"();
       alter table data.people enable always trigger vif_cache_delete`,
      'data.people',
    ],
    [
      'another table’s',
      `create or replace trigger vif_cache_truncate after truncate on data.people for each statement
       execute function vif_cache."auth.member"(); alter table data.people enable always trigger vif_cache_truncate`,
      'data.people',
    ],
    ['of a new table', 'create table data.things (id int)', 'data.things'],
    [
      'of a materialised view, which has none',
      'create materialized view data.counts as select 1',
      'data.counts',
    ],
  ])('are found out when a trigger is %s', async (_, statement, table) => {
    await owner.query('begin');
    await owner.query(statement);
    const { rows } = await owner.query('select vif_cache.untracked() as name');
    await owner.query('rollback');
    expect(rows).toEqual([{ name: table }]);
  });

  it.each([
    ['amount numeric', 'workspace_id, amount'],
    ['name text collate app.blind', 'workspace_id, name'],
    ['id int', 'workspace_id, absent'],
  ])('are narrowed only by columns whose equal values have one spelling: not %s', async (columns, asked) => {
    await owner.query('begin');
    await owner.query(
      `create collation app.blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`,
    );
    await owner.query(`create table data.things (workspace_id uuid not null, ${columns})`);
    const [workspace, column] = asked.split(', ');
    const refused = owner.query('select vif_cache.track($1, $2, $3)', ['data.things', workspace, column]);
    await expect(refused).rejects.toThrow(`columns of data.things that cannot be tracked: ${column}`);
    await owner.query('rollback');
  });

  it('must say whose each row is', async () => {
    await owner.query('begin');
    await owner.query('create table data.things (workspace_id uuid)');
    await expect(owner.query(`select vif_cache.track('data.things', 'workspace_id')`)).rejects.toThrow(
      'workspace_id',
    );
    await owner.query('rollback');
  });
});

describe('a write of one workspace’s rows', () => {
  const any = (workspace: string) => `${workspace}:data.organisations:any`;

  it.each([
    ['insert', organisation(ours, 'New'), [[any(ours)]]],
    ['update', `update data.organisations set city = 'Lyon' where name = 'One'`, [[any(ours)]]],
    [
      'update of nothing to something else',
      `update data.organisations set city = city where name = 'One'`,
      [],
    ],
    ['delete', `delete from data.organisations where name = 'Three'`, [[any(theirs)]]],
    [
      'statement over several',
      `update data.organisations set city = 'Lyon'`,
      [[any(ours), any(theirs)].toSorted()],
    ],
    [
      'move between workspaces',
      `update data.organisations set workspace_id = '${theirs}' where name = 'One'`,
      [[any(ours), any(theirs)].toSorted()],
    ],
    [
      'upsert that inserts',
      `${organisation(ours, 'New')} on conflict (workspace_id, external_id) do update set city = 'x'`,
      [[any(ours)]],
    ],
    [
      'upsert that updates',
      `${organisation(ours, 'One')} on conflict (workspace_id, external_id) do update set city = 'x'`,
      [[any(ours)]],
    ],
    ['upsert that does nothing', `${organisation(ours, 'One')} on conflict do nothing`, []],
    ['update of no row', `update data.organisations set city = 'x' where name = 'None'`, []],
    ['delete of no row', `delete from data.organisations where name = 'None'`, []],
    [
      'merge',
      `merge into data.organisations o using (values ('One'), ('Two')) s (name) on o.name = s.name
       when matched and s.name = 'One' then delete when matched then update set city = 'x'`,
      [[any(ours)], [any(ours)]],
    ],
    [
      'copy',
      `copy data.organisations (workspace_id, name, owner_id, search_text, name_key) from program 'for w in ${ours} ${theirs}; do echo "$w,x,${ada},x,x"; done' (format csv)`,
      [[any(ours), any(theirs)].toSorted()],
    ],
    [
      'truncate',
      'truncate data.organisations, data.people',
      [
        ['*:data.organisations:any', '*:data.organisations:bulk'],
        ['*:data.people:any', '*:data.people:bulk'],
      ],
    ],
  ])('by %s', async (_, statement, expected) => {
    expect(whole(await emits(statement))).toEqual(expected);
  });

  it('reaches what it cascades to', async () => {
    const person = `insert into data.people (workspace_id, last_name, owner_id, organisation_id, search_text, name_key)
      select workspace_id, 'Ada', owner_id, id, '', '' from data.organisations where name = 'Three'`;
    const renamed = whole(
      await emits(person, `update data.organisations set name = 'Drei' where name = 'Three'`),
    );
    expect(renamed.slice(1).flat().toSorted()).toEqual([any(theirs), `${theirs}:data.people:any`]);
    const unset = whole(await emits(person, `delete from data.organisations where name = 'Three'`));
    expect(unset.slice(1).flat().toSorted()).toEqual([any(theirs), `${theirs}:data.people:any`]);
    const gone = (await emits(person, `delete from auth.organization where id = '${theirs}'`))
      .slice(1)
      .flat();
    for (const tag of [
      any(theirs),
      `${theirs}:data.people:any`,
      '*:auth.member:any',
      `*:auth.member:userId=${ada}`,
    ])
      expect(gone).toContain(tag);
  });

  it('is told through the views that the server writes', async () => {
    await owner.query(`select set_config('vif.workspace', $1, false)`, [ours]);
    expect(whole(await emits(`update app.organisations set city = 'Lyon'`))).toEqual([[any(ours)]]);
    await owner.query('reset vif.workspace');
  });

  it('of fifty workspaces names them, of more it names all', async () => {
    const many = (count: number) => `
      insert into auth.organization (name, slug) select 'x', 'many' || n from generate_series(1, ${count}) n;
      insert into auth.member ("organizationId", "userId", role) select id, '${ada}', 'admin' from auth.organization where slug like 'many%';
      truncate vif_cache.outbox;
      insert into data.organisations (workspace_id, name, owner_id, search_text, name_key)
        select id, 'x', '${ada}', '', '' from auth.organization where slug like 'many%'`;
    const [fifty] = await emits(many(50));
    expect(fifty).toHaveLength(100);
    expect(fifty?.every((tag) => /^[^*].*:data\.organisations:(?:any|bulk)$/.test(tag))).toBe(true);
    expect(await emits(many(51))).toEqual([['*:data.organisations:any', '*:data.organisations:bulk']]);
  });
});

describe('a write of everybody’s rows', () => {
  const session = (user: string) =>
    `insert into auth.session ("expiresAt", token, "userId") values (now(), gen_random_uuid()::text, '${user}')`;

  it('is narrowed by the tracked columns, old and new', async () => {
    const of = async (...statements: string[]) =>
      (await emits(...statements)).map((tags) => tags.filter((tag) => !/:(?:id|token)=/.test(tag)));
    const tags = (user: string) => ['*:auth.session:any', `*:auth.session:userId=${user}`];
    expect(await of(session(ada))).toEqual([tags(ada)]);
    expect(await of(session(ada), `update auth.session set "userId" = '${bob}'`)).toEqual([
      tags(ada),
      [...tags(ada), `*:auth.session:userId=${bob}`].toSorted(),
    ]);
    expect(await of(`delete from auth.member where "userId" = '${bob}'`)).toEqual([
      ['*:auth.member:any', `*:auth.member:organizationId=${ours}`, `*:auth.member:userId=${bob}`],
    ]);
    const [[, token] = []] = (
      await emits(
        `insert into auth.session ("expiresAt", token, "userId") values (now(), 'é secret', '${ada}')`,
      )
    ).map((row) => row.filter((tag) => !/:(?:id|userId)=/.test(tag)));
    expect(token).toBe(`*:auth.session:token=${tagValue('é secret', 'text')}`);
  });

  it('has the columns that its triggers name in the catalogue', async () => {
    const { rows } = await owner.query(
      `select tgrelid::regclass::text as name, string_to_array(encode(tgargs, 'escape'), '\\000') as columns
       from pg_trigger where tgname = 'vif_cache_update' and tgnargs > 0 order by 1`,
    );
    expect(rows).toEqual([
      { name: 'auth."user"', columns: ['', 'id', 'email', ''] },
      { name: 'auth.account', columns: ['', 'userId', ''] },
      { name: 'auth.invitation', columns: ['', 'id', 'organizationId', 'email', 'tokenHash', ''] },
      { name: 'auth.member', columns: ['', 'id', 'userId', 'organizationId', ''] },
      { name: 'auth.organization', columns: ['', 'id', ''] },
      { name: 'auth.session', columns: ['', 'id', 'userId', 'token', ''] },
      { name: 'auth.verification', columns: ['', ''] },
      { name: 'data.audit_entries', columns: ['workspace_id', ''] },
      { name: 'data.organisations', columns: ['workspace_id', 'id', 'owner_id', ''] },
      { name: 'data.people', columns: ['workspace_id', 'id', 'organisation_id', 'owner_id', ''] },
    ]);
  });

  it('with more than a hundred tags goes through the whole table', async () => {
    const users = (count: number) =>
      `insert into auth."user" (name, email) select 'x', 'many' || n from generate_series(1, ${count}) n`;
    expect((await emits(users(49)))[0]).toHaveLength(99);
    expect(await emits(users(50))).toEqual([['*:auth.user:any', '*:auth.user:bulk']]);
  });

  it('leaves nothing for the counter of attempts', async () => {
    expect(await emits(`insert into auth.rate_limit (key, count, "lastRequest") values ('x', 1, 1)`)).toEqual(
      [],
    );
  });
});

describe('the outbox', () => {
  it('gets a row for each statement, and none of what was rolled back', async () => {
    await owner.query('begin');
    await owner.query(organisation(ours, 'Kept'));
    await owner.query('savepoint here');
    await owner.query(organisation(theirs, 'Undone'));
    await owner.query('rollback to here');
    await owner.query(`update data.organisations set city = 'x' where name = 'Kept'`);
    await owner.query('commit');
    expect(whole(await taken())).toEqual([
      [`${ours}:data.organisations:any`],
      [`${ours}:data.organisations:any`],
    ]);
    await owner.query('begin');
    await owner.query(organisation(ours, 'Undone'));
    await owner.query('rollback');
    expect(await taken()).toEqual([]);
  });

  it('gets rows of work that is put off to the COMMIT', async () => {
    await owner.query(`
      create function public.late() returns trigger language plpgsql as $$ begin
        update data.organisations set city = 'late' where name = 'Three'; return null; end $$;
      create constraint trigger late after update on auth."user" initially deferred for each row execute function public.late()`);
    await owner.query(`begin; update auth."user" set name = 'Lady Ada' where id = '${ada}'`);
    const before = (await owner.query('select from vif_cache.outbox')).rowCount;
    await owner.query('commit');
    expect(before).toBe(1);
    expect(whole(await taken())).toEqual([['*:auth.user:any'], [`${theirs}:data.organisations:any`]]);
    await owner.query('drop function public.late cascade');
  });

  it('gets rows while triggers of replicas are meant to rest', async () => {
    await owner.query('set session_replication_role = replica');
    expect(await emits(`update data.organisations set city = 'x' where name = 'One'`)).toHaveLength(1);
    await owner.query('reset session_replication_role');
  });

  it('gets rows of every writer, whatever search path it has', async () => {
    await owner.query(`create schema elsewhere; create function elsewhere.coalesce(text, text) returns text language sql as 'select 1/0';
      create table elsewhere.new_rows (id int); set search_path = elsewhere, pg_catalog`);
    expect(await emits(organisation(ours, 'New'))).toHaveLength(1);
    await owner.query('reset search_path; drop schema elsewhere cascade');
  });

  it('is bumped whole by emit_bulk, in one row', async () => {
    const tables = (await every()).filter(({ exempt }) => !exempt);
    expect(await emits('select vif_cache.emit_bulk()')).toEqual([tables.map(({ name }) => `*:${name}:bulk`)]);
  });

  it('wakes who drains it only when the writer has no name', async () => {
    const listener = new pg.Client(database.connection);
    await listener.connect();
    const heard: (string | undefined)[] = [];
    listener.on('notification', ({ payload }) => heard.push(payload));
    await listener.query('listen vif_cache; listen other');
    const marked = new pg.Client({ ...database.connection, options: '-c vif_cache.connection=me' });
    await marked.connect();
    await marked.query(organisation(ours, 'Marked'));
    await marked.query(`notify other, 'after marked'`);
    await owner.query(organisation(ours, 'Unmarked'));
    await owner.query(`notify other, 'after unmarked'`);
    await expect.poll(() => heard.includes('after unmarked'), { timeout: 5_000 }).toBe(true);
    expect(heard).toEqual(['after marked', '', 'after unmarked']);
    const { rows } = await owner.query('select connection from vif_cache.outbox order by id');
    expect(rows).toEqual([{ connection: 'me' }, { connection: '' }]);
    await Promise.all([listener.end(), marked.end()]);
  });
});
