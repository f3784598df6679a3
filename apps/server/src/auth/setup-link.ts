import type pg from 'pg';
import { newToken, tokenHash } from './one-time-token.ts';

/**
 * Makes the one-time set-up address of an empty database; each server that starts on it makes its own.
 * @param owner a connection of the owner: nobody else writes set-up tokens
 * @returns undefined once there is a workspace
 */
export async function makeSetupLink(owner: pg.Client, url: string): Promise<string | undefined> {
  const { rowCount } = await owner.query('select from auth.organization limit 1');
  if (rowCount) return;
  const token = newToken();
  await owner.query('insert into vif.setup_tokens (hash) values ($1)', [tokenHash(token)]);
  return `${url}/setup/${token}`;
}
