import { type Acknowledge, type Catalogues, TrackedPool } from '@vif/cache-postgres';
import type pg from 'pg';
import { Database } from './database.ts';
import { databaseIdentity } from './database-identity.ts';
import { surviveLostConnections } from './lost-connections.ts';
import { migrate } from './migrate.ts';
import { ensureRoles, type RoleLogin } from './roles.ts';
import { signInValueTypes } from './value-types.ts';

/** What hears of every write. */
interface Listener {
  readonly acknowledge: Acknowledge;
  readonly catalogues: Catalogues;
  close(): Promise<void>;
}

export interface OpenDatabaseOptions<Cache extends Listener> {
  /** The owner's connection settings; what the server's roles use apart from user and password. */
  readonly connection: pg.ClientConfig;
  /** A role of the administrator's own for the business data, where Vif may not make one. */
  readonly databaseAppUrl?: string | undefined;
  /** Connections for requests; as many again at most for signing in. */
  readonly poolSize: number;
  /** Told when an idle connection is lost; the next use makes another. */
  onError(this: void, error: Error): void;
  /** Opens what is told of every write before its caller is, on a connection of the server's own role. */
  openCache(this: void, connection: pg.ClientConfig, identity: string): Promise<Cache>;
}

export interface OpenDatabase<Cache> {
  readonly database: Database;
  /** Connections of the sign-in library's role: schema `auth`. */
  readonly authPool: pg.Pool;
  readonly cookieSecret: string;
  readonly cache: Cache;
  close(): Promise<void>;
}

/**
 * Migrates the database, makes the server's roles and opens their pools.
 * @param owner an open connection of the owner; the caller closes it
 * @throws {Error} with a sentence when a migration fails or roles cannot be made
 */
export async function openDatabase<Cache extends Listener>(
  owner: pg.Client,
  options: OpenDatabaseOptions<Cache>,
): Promise<OpenDatabase<Cache>> {
  const { connection, databaseAppUrl, poolSize } = options;
  let closing = false;
  // A pool that was ended says so before its connections are gone, and PostgreSQL may stop under them.
  const onError = (error: Error) => {
    if (!closing) options.onError(error);
  };
  await migrate(owner);
  const { app, auth, cookieSecret } = await ensureRoles(
    owner,
    databaseAppUrl ? loginOf(databaseAppUrl) : undefined,
  );
  const appConnection = databaseAppUrl ? { connectionString: databaseAppUrl } : as(connection, app);
  const cache = await options.openCache(appConnection, await databaseIdentity(owner));
  const { acknowledge, catalogues } = cache;
  const database = new Database({ connection: appConnection, poolSize, onError, acknowledge, catalogues });
  const authPool = new TrackedPool({
    ...(auth ? as(connection, auth) : connection),
    acknowledge,
    catalogues,
    options: '-c search_path=auth',
    types: signInValueTypes,
    max: poolSize,
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  surviveLostConnections(authPool, onError);
  return {
    database,
    authPool,
    cookieSecret,
    cache,
    async close() {
      closing = true;
      await Promise.all([database.close(), authPool.end()]);
      await cache.close();
    },
  };
}

/** The same server and database under another login. */
function as(connection: pg.ClientConfig, { user, password }: RoleLogin): pg.ClientConfig {
  if (connection.connectionString === undefined) return { ...connection, user, password };
  const url = new URL(connection.connectionString);
  // As parameters, which win over the owner's name wherever that stands, and which an address without a host
  // (`postgres:///vif?host=/run/postgresql`) can carry as well.
  url.searchParams.set('user', user);
  url.searchParams.set('password', password);
  return { ...connection, connectionString: url.href };
}

function loginOf(url: string): RoleLogin {
  const { username, password, searchParams } = new URL(url);
  return {
    user: searchParams.get('user') ?? decodeURIComponent(username),
    password: searchParams.get('password') ?? decodeURIComponent(password),
  };
}
