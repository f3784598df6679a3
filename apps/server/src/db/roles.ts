import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Client, escapeIdentifier, escapeLiteral } from 'pg';

const appGrants = await readFile(new URL('./grants-app.sql', import.meta.url), 'utf8');
const authGrants = await readFile(new URL('./grants-auth.sql', import.meta.url), 'utf8');

/** A login of the server and its password. */
export interface RoleLogin {
  readonly user: string;
  readonly password: string;
}

export interface Secrets {
  readonly app: RoleLogin;
  /** Absent where the owner may not make roles: signing in then uses the owner's own login. */
  readonly auth: RoleLogin | undefined;
  /** Signs session cookies. */
  readonly cookieSecret: string;
}

const secret = (bytes: number) => randomBytes(bytes).toString('base64url');

/**
 * Makes the server's two roles and grants them what `grants-*.sql` say. Their passwords and the cookie secret are
 * generated once and kept in `vif.secrets`, which only the owner reads, so that every server of one database has
 * the same.
 *
 * @throws {Error} saying what to do when the owner may not make roles
 */
export async function ensureRoles(owner: Client, external: RoleLogin | undefined): Promise<Secrets> {
  await owner.query('begin');
  try {
    await owner.query('select pg_advisory_xact_lock(7116970002)');
    await owner.query('create table if not exists vif.secrets (name text primary key, value text not null)');
    const mayMakeRoles = await canMakeRoles(owner);
    if (!mayMakeRoles && !external) throw new Error(noRolesAllowed);
    // Two Vifs may share one PostgreSQL server, whose roles are common to all its databases.
    const suffix = await remember(owner, 'role_suffix', () => randomBytes(4).toString('hex'));
    const app = external ?? {
      user: `vif_app_${suffix}`,
      password: await remember(owner, 'app_password', () => secret(24)),
    };
    const auth = {
      user: `vif_auth_${suffix}`,
      password: await remember(owner, 'auth_password', () => secret(24)),
    };
    const cookieSecret = await remember(owner, 'cookie_secret', () => secret(48));
    if (!external) await ensureLogin(owner, app);
    if (mayMakeRoles) await ensureLogin(owner, auth);
    await grant(owner, appGrants, app);
    if (mayMakeRoles) await grant(owner, authGrants, auth);
    await owner.query('commit');
    return { app, auth: mayMakeRoles ? auth : undefined, cookieSecret };
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function remember(owner: Client, name: string, make: () => string): Promise<string> {
  await owner.query('insert into vif.secrets (name, value) values ($1, $2) on conflict do nothing', [
    name,
    make(),
  ]);
  const { rows } = await owner.query<{ value: string }>('select value from vif.secrets where name = $1', [
    name,
  ]);
  const value = rows[0]?.value;
  if (value === undefined) throw new Error(`vif.secrets has no ${name}`);
  return value;
}

async function ensureLogin(owner: Client, { user, password }: RoleLogin) {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [user]);
  if (rowCount) return;
  await owner.query(`create role ${escapeIdentifier(user)} login password ${escapeLiteral(password)}`);
}

async function grant(owner: Client, sql: string, { user }: RoleLogin) {
  const { rows } = await owner.query<{ name: string }>('select current_database() as name');
  const database = escapeIdentifier(rows[0]?.name ?? '');
  await owner.query(sql.replaceAll(':role', escapeIdentifier(user)).replaceAll(':database', database));
}

const noRolesAllowed =
  'The role of DATABASE_URL may not make roles. Give it CREATEROLE, or make a role yourself and name it in DATABASE_APP_URL.';

async function canMakeRoles(owner: Client): Promise<boolean> {
  const { rowCount } = await owner.query(
    'select from pg_roles where rolname = current_user and (rolcreaterole or rolsuper)',
  );
  return rowCount === 1;
}
