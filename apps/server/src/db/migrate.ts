import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installTracking, isAuthorityKept, isTrackingInstalled } from '@vif/cache-postgres';
import type { Client } from 'pg';
import { isConnectionFault } from './connection-faults.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Held while migrating, so that of several servers starting at once one migrates and the others wait. */
const lock = 7_116_970_001;

/** The last migration that made the cache's tables and triggers, which have been @vif/cache-postgres's since. */
const tracked = '0007-cache-tracking.sql';

/** How long a Vif that serves the database is given to stop before it is left as it is, in milliseconds. */
const patience = { wait: 15_000, poll: 200 } as const;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(`${folder}/${name}`, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database's schema up to date, each migration in a transaction of its own: a failing one leaves the
 * schema of the one before it. Nothing is changed under a Vif that serves the database.
 *
 * @param owner a connection of the role that owns the schemas
 * @param wait milliseconds that a Vif which serves the database is given to stop
 * @returns the names of the migrations that were applied now
 * @throws {Error} naming the migration that failed, was edited after it ran, is newer than this Vif, or waits for
 *   another Vif to stop
 */
export async function migrate(
  owner: Client,
  folder = migrationsFolder,
  wait: number = patience.wait,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await owner.query('select pg_advisory_lock($1)', [lock]);
  try {
    await owner.query('create schema if not exists vif');
    await owner.query(
      `create table if not exists vif.migrations (
        name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await owner.query<{ name: string; checksum: string }>(
      'select name, checksum from vif.migrations',
    );
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    refuseUnknown([...applied.keys()], migrations);
    const edited = migrations.find(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum);
    if (edited)
      throw new Error(`Migration ${edited.name} was edited after it ran. Put it back and write a new one.`);
    const pending = migrations.filter(({ name }) => !applied.has(name));
    const outdated = [...pending.map(({ name }) => name), ...(await outdatedTracking(owner, applied))];
    if (outdated.length > 0) await waitUntilNobodyServes(owner, outdated, wait);
    for (const migration of migrations) {
      if (pending.includes(migration)) await apply(owner, migration);
      if (migration.name === tracked) await installTracking(owner);
    }
    await mendTracking(owner);
    return pending.map(({ name }) => name);
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [lock]).catch(() => undefined);
  }
}

async function outdatedTracking(owner: Client, applied: ReadonlyMap<string, string>): Promise<string[]> {
  const current = !applied.has(tracked) || (await isTrackingInstalled(owner));
  return current ? [] : ['the cache’s triggers'];
}

function refuseUnknown(applied: string[], migrations: Migration[]) {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(
      `The database was used by a newer Vif (${unknown.join(', ')}). Start that version or a later one.`,
    );
  }
}

/** @throws {Error} when another Vif still serves the database after `wait` milliseconds */
async function waitUntilNobodyServes(owner: Client, outdated: readonly string[], wait: number) {
  for (const until = performance.now() + wait; await isAuthorityKept(owner); await sleep(patience.poll)) {
    if (performance.now() < until) continue;
    throw new Error(
      `Another Vif serves this database, and this newer one would change it beneath it (${outdated.join(', ')}). Stop that one first.`,
    );
  }
}

async function apply(owner: Client, { name, sql, checksum }: Migration) {
  await owner.query('begin');
  try {
    // Where the extensions are; an owner called `vif` would else find the schema of that name first.
    await owner.query('set local search_path = public');
    // A migration rewrites tables without firing a trigger. Before it as well: it may rename or drop them.
    await bumpEverything(owner);
    await owner.query(sql);
    await bumpEverything(owner);
    await owner.query('insert into vif.migrations (name, checksum) values ($1, $2)', [name, checksum]);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    if (isConnectionFault(error)) throw error;
    throw new Error(`Migration ${name} failed; the schema is as it was before it: ${String(error)}`, {
      cause: error,
    });
  }
}

async function bumpEverything(owner: Client) {
  await callIfThere(owner, 'vif_cache.emit_bulk()');
}

/** A restored dump may have left triggers that do not fire always. */
async function mendTracking(owner: Client) {
  await callIfThere(owner, 'vif_cache.mend_tracking()');
}

/** Calls a function of the schema's that the first migrations do not have yet. */
async function callIfThere(owner: Client, call: string) {
  const { rowCount } = await owner.query('select where to_regprocedure($1) is not null', [call]);
  if (rowCount) await owner.query(`select ${call}`);
}
