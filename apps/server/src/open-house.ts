import type pg from 'pg';
import type { Logger } from 'pino';
import { createAuth } from './auth/auth.ts';
import { type OpenDatabaseOptions, openDatabase } from './db/open-database.ts';
import type { House } from './house.ts';

export interface OpenHouseOptions extends Omit<OpenDatabaseOptions, 'onError'> {
  /** Vif's public address. */
  readonly url: string;
  readonly logger: Logger;
  /** Attempts to sign in from one address in a minute. */
  readonly attemptsPerMinute?: number | undefined;
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
  const { url, logger, attemptsPerMinute = 20 } = options;
  const opened = await openDatabase(owner, {
    ...options,
    onError: (error) => logger.warn({ err: error, msg: 'a database connection was lost' }),
  });
  const auth = createAuth({
    pool: opened.authPool,
    cookieSecret: opened.cookieSecret,
    url,
    attemptsPerMinute,
    log: (level, message) => logger[level === 'success' ? 'debug' : level]({ msg: message }),
  });
  return { ...opened, auth };
}
