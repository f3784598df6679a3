import type pg from 'pg';

/**
 * Tells a database from every other: also from one that was restored from its dump, whose rows have the same ids, but
 * not from a copy of the whole server's files.
 * @example await databaseIdentity(client) // '7710566622290880568.16384'
 */
export async function databaseIdentity(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ identity: string }>(
    `select system_identifier || '.' || oid as identity
     from pg_control_system(), pg_database where datname = current_database()`,
  );
  return rows[0]?.identity ?? '';
}
