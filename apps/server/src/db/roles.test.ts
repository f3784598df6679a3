import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNoCache } from '../house-cache.ts';
import { emptyDatabase, type TestDatabase } from '../testing/test-database.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { ensureRoles, type Secrets } from './roles.ts';

let database: TestDatabase;
/** Roles belong to the whole server, so each test has names of its own and takes them away. */
let suffix: string;
const roles: string[] = [];
beforeEach(async () => {
  database = await emptyDatabase();
  suffix = randomBytes(4).toString('hex');
});
afterEach(async () => {
  for (const role of roles.splice(0)) {
    await database.owner.query(`reassign owned by ${role} to current_user`).catch(() => undefined);
    await database.owner.query(`drop owned by ${role}`).catch(() => undefined);
  }
  const { owner } = database;
  const { rows } = await owner.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname like '%\\_${suffix}'`,
  );
  for (const { name } of rows) await owner.query(`drop owned by ${name}; drop role ${name}`);
  await database.drop();
});

const connected = async (login: pg.ClientConfig) => {
  const client = new pg.Client({ ...database.connection, ...login });
  await client.connect();
  return client;
};
const asksAs = async (login: pg.ClientConfig | undefined, text: string) => {
  const client = await connected(login ?? {});
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
};
const remember = (secrets: Secrets) => {
  roles.push(secrets.app.user);
  if (secrets.auth) roles.push(secrets.auth.user);
  suffix = /_([0-9a-f]{8})$/.exec(secrets.app.user)?.[1] ?? suffix;
  return secrets;
};

describe('the server’s roles', () => {
  it('are made once, with secrets that stay the same', async () => {
    await migrate(database.owner);
    const first = remember(await ensureRoles(database.owner, undefined));
    const second = await ensureRoles(database.owner, undefined);
    expect(second).toEqual(first);
    for (const { password } of [first.app, first.auth ?? first.app])
      expect(password.length).toBeGreaterThanOrEqual(32);
    expect(first.cookieSecret.length).toBeGreaterThanOrEqual(64);
    expect(await asksAs(first.app, 'select current_user as name')).toEqual([{ name: first.app.user }]);
  });

  it('are the same for servers that start at once', async () => {
    await migrate(database.owner);
    const owners = await Promise.all([connected({}), connected({}), connected({})]);
    const all = await Promise.all(owners.map((owner) => ensureRoles(owner, undefined)));
    remember(all[0] ?? (await ensureRoles(database.owner, undefined)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    await Promise.all(owners.map((owner) => owner.end()));
  });

  it('are made again, with their rights, when somebody dropped them', async () => {
    await migrate(database.owner);
    const { app, auth } = remember(await ensureRoles(database.owner, undefined));
    for (const { user } of [app, auth ?? app])
      await database.owner.query(`drop owned by ${user}; drop role ${user}`);
    await ensureRoles(database.owner, undefined);
    expect(
      await asksAs(app, `select set_config('vif.workspace', gen_random_uuid()::text, false); `),
    ).toHaveLength(1);
    expect(await asksAs(auth, 'select from auth.session')).toEqual([]);
  });

  it('lose what they were given by hand', async () => {
    await migrate(database.owner);
    const { app } = remember(await ensureRoles(database.owner, undefined));
    await database.owner.query(`grant usage on schema data to ${app.user}`);
    await ensureRoles(database.owner, undefined);
    await expect(asksAs(app, 'select from data.people')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('an owner who may not make roles', () => {
  const limited = async () => {
    const login = { user: `limited_${suffix}`, password: 'limited' };
    const { owner, connection } = database;
    await owner.query(`create role ${login.user} login password 'limited'`);
    await owner.query(`alter database ${connection.database ?? ''} owner to ${login.user}`);
    roles.push(login.user);
    return login;
  };

  it('is told in a sentence what to do', async () => {
    const client = await connected(await limited());
    await migrate(client);
    await expect(ensureRoles(client, undefined)).rejects.toThrow(/CREATEROLE.*DATABASE_APP_URL/);
    await client.end();
  });

  it('works with a role that somebody else made, which DATABASE_APP_URL names', async () => {
    const login = await limited();
    const app = { user: `made_${suffix}`, password: 'made by hand' };
    await database.owner.query(`create role ${app.user} login password 'made by hand'`);
    roles.push(app.user);
    const client = await connected(login);
    const { host = '', port = 5432, database: name = '' } = database.connection;
    const databaseAppUrl = `postgres:///${name}?host=${encodeURIComponent(host)}&port=${port}&user=${app.user}&password=${encodeURIComponent(app.password)}`;
    const opened = await openDatabase(client, {
      connection: { ...database.connection, ...login },
      databaseAppUrl,
      poolSize: 2,
      onError: () => undefined,
      openCache: async () => openNoCache(),
    });
    expect(await opened.database.ping()).toBeGreaterThan(0);
    expect((await opened.authPool.query('select from auth.session')).rowCount).toBe(0);
    await expect(asksAs(app, 'select from data.people')).rejects.toMatchObject({ code: '42501' });
    await expect(asksAs(app, 'select from auth.session')).rejects.toMatchObject({ code: '42501' });
    await opened.close();
    await client.end();
  });
});

describe('an address of the database', () => {
  it.each([
    (host: string, port: number, name: string) =>
      `postgres:///${name}?host=${encodeURIComponent(host)}&port=${port}`,
    (host: string, port: number, name: string, user: string, password: string) =>
      `postgres:///${name}?host=${encodeURIComponent(host)}&port=${port}&user=${user}&password=${encodeURIComponent(password)}`,
  ])('however it is written, gives the server’s own roles and never the owner’s', async (write) => {
    const { host = '', port = 5432, database: name = '', user = '', password = '' } = database.connection;
    const connectionString = write(host, port, name, user, typeof password === 'string' ? password : '');
    const opened = await openDatabase(database.owner, {
      connection: { connectionString },
      poolSize: 1,
      onError: () => undefined,
      openCache: async () => openNoCache(),
    });
    const { app } = remember(await ensureRoles(database.owner, undefined));
    const { rows } = await database.owner.query<{ name: string }>(
      `select usename as name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await opened.database.ping();
    const { rows: after } = await database.owner.query<{ name: string }>(
      `select usename as name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    expect(rows).toEqual([]);
    expect(after).toEqual([{ name: app.user }]);
    await opened.close();
  });
});
