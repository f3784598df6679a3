import pg from 'pg';
import type { Logger } from 'pino';
import { createAuth } from './auth/auth.ts';
import { Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { ensureRoles, type RoleLogin, type Secrets } from './db/roles.ts';
import type { House } from './house.ts';

export interface OpenHouseOptions {
  /** The owner's connection settings; what the server's roles use apart from user and password. */
  readonly connection: pg.ClientConfig;
  readonly databaseAppUrl?: string | undefined;
  readonly poolSize: number;
  readonly url: string;
  readonly logger: Logger;
  /** Sign-in attempts from one address in a minute. */
  readonly attemptsPerMinute?: number | undefined;
}

export interface OpenHouse extends House {
  close(): Promise<void>;
}

/**
 * Migrates the database, makes the server's roles and opens their pools.
 * @param owner an open connection of the owner; the caller closes it
 * @throws {Error} with a sentence when a migration fails or roles cannot be made
 */
export async function openHouse(owner: pg.Client, options: OpenHouseOptions): Promise<OpenHouse> {
  const { connection, databaseAppUrl, poolSize, url, logger } = options;
  await migrate(owner);
  const secrets = await ensureRoles(owner, databaseAppUrl ? loginOf(databaseAppUrl) : undefined);
  const onError = (error: Error) => logger.warn({ err: error, msg: 'a database connection was lost' });
  const database = new Database({
    connection: databaseAppUrl ? { connectionString: databaseAppUrl } : as(connection, secrets.app),
    poolSize,
    onError,
  });
  const authPool = openAuthPool(connection, secrets, poolSize, onError);
  const auth = createAuth({
    pool: authPool,
    cookieSecret: secrets.cookieSecret,
    url,
    attemptsPerMinute: options.attemptsPerMinute ?? 20,
    log: (level, message) => logger[level === 'success' ? 'debug' : level]({ msg: message }),
  });
  return {
    database,
    authPool,
    auth,
    cookieSecret: secrets.cookieSecret,
    async close() {
      await Promise.all([database.close(), authPool.end()]);
    },
  };
}

function openAuthPool(
  connection: pg.ClientConfig,
  { auth }: Secrets,
  max: number,
  onError: (error: Error) => void,
) {
  const pool = new pg.Pool({
    ...(auth ? as(connection, auth) : connection),
    options: '-c search_path=auth',
    max,
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  });
  pool.on('error', onError);
  return pool;
}

/** The same server and database under another login. */
function as(connection: pg.ClientConfig, { user, password }: RoleLogin): pg.ClientConfig {
  if (connection.connectionString === undefined) return { ...connection, user, password };
  const url = new URL(connection.connectionString);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return { ...connection, connectionString: url.href };
}

function loginOf(url: string): RoleLogin {
  const { username, password } = new URL(url);
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
}
