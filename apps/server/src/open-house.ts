import type pg from 'pg';
import type { Logger } from 'pino';
import { createAuth } from './auth/auth.ts';
import { OpaquePlaces } from './changes/opaque-tags.ts';
import { type OpenDatabaseOptions, openDatabase } from './db/open-database.ts';
import type { House } from './house.ts';
import { type HouseCache, openCache, openNoCache } from './house-cache.ts';

export interface OpenHouseOptions extends Omit<OpenDatabaseOptions<HouseCache>, 'onError' | 'openCache'> {
  /** Vif's public address. */
  readonly url: string;
  readonly logger: Logger;
  /** Attempts to sign in to one account from one address in a minute. */
  readonly attemptsPerMinute?: number | undefined;
  /** The cache of the one server of this database; without it nothing is cached, as in a command. */
  readonly cache?:
    | {
        /** Bytes. */
        readonly memory: number;
        readonly redisUrl?: string | undefined;
        /** Milliseconds that another Vif on the database is waited for. */
        readonly patience?: number;
      }
    | undefined;
}

export interface OpenHouse extends House {
  close(): Promise<void>;
}

/**
 * Opens the database and puts the sign-in library on it.
 * @param owner an open connection of the owner; the caller closes it
 * @throws {Error} with a sentence when a migration fails or roles cannot be made
 */
export async function openHouse(owner: pg.Client, options: OpenHouseOptions): Promise<OpenHouse> {
  const { url, logger, attemptsPerMinute = 20, cache } = options;
  const opened = await openDatabase(owner, {
    ...options,
    onError: (error) => logger.warn({ err: error, msg: 'a database connection was lost' }),
    openCache: async (connection, database) =>
      cache
        ? openCache({ ...cache, connection, database, onChange: (msg) => logger.warn({ msg }) })
        : openNoCache(),
  });
  const auth = createAuth({
    pool: opened.authPool,
    cookieSecret: opened.cookieSecret,
    url,
    attemptsPerMinute,
    logger,
  });
  return { ...opened, auth, opaque: new OpaquePlaces(opened.cookieSecret) };
}
