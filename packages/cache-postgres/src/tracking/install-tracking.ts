import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Queryable } from '../connection/queryable.ts';

const folder = new URL('../../sql/', import.meta.url);

/** Counts what databases were brought to; 1 was Vif's own migrations. To be raised when a file of `sql/` is changed. */
const version = 5;

/** Held while installing, until the transaction ends. */
const lock = '7116970005';

/**
 * Makes or brings up to date the outbox, `vif_cache.track` and what else `@vif/cache-postgres` needs in a database, in one
 * transaction; does nothing where that is done. Tables that were tracked are tracked anew.
 * @param client a connection outside a transaction, of the role that owns the tables; a superuser it need not be
 * @returns whether there was anything to do
 * @throws {Error} where a newer version of this package was installed
 *
 * @example
 * await installTracking(client);
 * await client.query(`select vif_cache.track_keys('public.orders', 'customer_id')`);
 * await client.query(`select vif_cache.allow('my_server')`);
 */
export async function installTracking(client: Queryable): Promise<boolean> {
  const files = await readFiles();
  if (await isInstalled(client, files)) return false;
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [lock]);
    const waited = await isInstalled(client, files);
    if (!waited) await install(client, files);
    await client.query('commit');
    return !waited;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // a lost connection has rolled back already
    throw error;
  }
}

/** Whether `installTracking` would do nothing. */
export async function isTrackingInstalled(client: Queryable): Promise<boolean> {
  return isInstalled(client, await readFiles());
}

interface Files {
  readonly texts: readonly string[];
  readonly checksum: string;
}

async function readFiles(): Promise<Files> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return { texts, checksum: createHash('sha256').update(texts.join('\0')).digest('hex') };
}

async function isInstalled(client: Queryable, { checksum }: Files): Promise<boolean> {
  const { rowCount } = await client.query(`select where to_regclass('vif_cache.version') is not null`);
  if (!rowCount) return false;
  const { rows } = await client.query<{ version: number; checksum: string }>(
    'select version, checksum from vif_cache.version',
  );
  if (rows[0] && rows[0].version > version)
    throw new Error('A newer version of @vif/cache-postgres was installed in this database.');
  return rows[0]?.checksum === checksum;
}

async function install(client: Queryable, { texts, checksum }: Files): Promise<void> {
  await client.query('set local search_path = pg_catalog');
  for (const text of texts) await client.query(text);
  // Their functions are those of the version before.
  await client.query(
    `select vif_cache.retrack(oid) from vif_cache.watched w join vif_cache.tracked t on t.table_name = w.name
     where t.ancestors = '{}'`,
  );
  await client.query('select vif_cache.emit_bulk()');
  await client.query(
    `insert into vif_cache.version (version, checksum) values ($1, $2)
     on conflict (one) do update set version = excluded.version, checksum = excluded.checksum`,
    [version, checksum],
  );
}
