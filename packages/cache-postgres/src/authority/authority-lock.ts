import { randomUUID } from 'node:crypto';
import type { Queryable } from '../connection/queryable.ts';
import type { CommonAuthority } from './common-authority.ts';
import { succeeds } from './succeeds.ts';

/**
 * The advisory lock of who serves from an authority: exclusive where that lies in the memory of one process, shared by all
 * whose authority is common. The first of those has it exclusively until it said what the authority is called.
 */
const lock = '7116970003';
/** Of the one process that drains what nobody waits for. */
const consumerLock = '7116970004';

/** How the authority is kept, as who has no part in it sees it. */
export type Keeping = 'kept' | 'released' | 'abandoned';

/** The lock was taken. Who is the first has it exclusively, and calls `claimAuthority` once nobody else can be serving. */
export interface Taken {
  /** What the common authority is called; empty for one in this process's memory. */
  readonly name: string;
  readonly first: boolean;
  /** Whether a process that served before did not let go in order, and may serve what a bump here does not reach. */
  readonly othersMayServe: boolean;
}

/**
 * Why it was not: another process serves that has not this authority (`another`: or one is just claiming it; `elsewhere`:
 * from another common one), or the common authority cannot be asked which it is (`unasked`).
 */
export type NotTaken = 'another' | 'elsewhere' | 'unasked';

/**
 * Tries to become a process that serves this database, until the connection ends or `releaseAuthority`.
 * @param common none where the authority lies in this process's memory
 */
export async function takeAuthority(client: Queryable, common?: CommonAuthority): Promise<Taken | NotTaken> {
  if (!common) return (await holds(client, 'pg_try_advisory_lock')) ? first(client, '') : 'another';
  let name: string | undefined;
  const asked = await succeeds(async () => {
    name = await common.name();
  });
  if (asked && (await holds(client, 'pg_try_advisory_lock'))) {
    if (await succeeds(async () => (name = await common.call(name ?? randomUUID()))))
      return first(client, name ?? '');
    await unlock(client);
    return 'unasked';
  }
  if (!(await holds(client, 'pg_try_advisory_lock_shared'))) return 'another';
  const kept = await recordOf(client);
  if (asked && name === kept.keptBy) {
    await client.query('update vif_cache.authority set joined = joined + 1');
    return { name, first: false, othersMayServe: false };
  }
  await unlock(client);
  return asked ? 'elsewhere' : 'unasked';
}

/** For the first, once nobody can be serving from another authority: others with a common one may join from now on. */
export async function claimAuthority(client: Queryable, { name }: Taken): Promise<void> {
  await client.query(
    `insert into vif_cache.authority (joined, kept_by, vouched) values (1, $1, '')
     on conflict (one) do update set joined = 1, kept_by = excluded.kept_by, vouched = ''`,
    [name],
  );
  if (name === '') return;
  await client.query(`select pg_advisory_lock_shared(${lock})`); // at once, since it is this connection's already
  await client.query(`select pg_advisory_unlock(${lock})`);
}

/** To be called when nothing is served any more. */
export async function releaseAuthority(client: Queryable): Promise<void> {
  await client.query('update vif_cache.authority set joined = greatest(joined - 1, 0)');
  await unlock(client);
}

/** Tries to become the one that drains what nobody waits for, until the connection ends. */
export function becomeConsumer(client: Queryable): Promise<boolean> {
  return holds(client, 'pg_try_advisory_lock', consumerLock);
}

/** Leaves draining to another one. */
export async function stepDown(client: Queryable): Promise<void> {
  await client.query(`select pg_advisory_unlock(${consumerLock})`);
}

/** Whether a process keeps the authority now, and if none, whether all before let go in order. */
export async function keepingOf(client: Queryable): Promise<Keeping> {
  if (await isAuthorityKept(client)) return 'kept';
  return (await recordOf(client)).joined === 0 ? 'released' : 'abandoned';
}

/** Whether a process keeps the authority now. Asks for nothing of the schema's, which need not be there. */
export async function isAuthorityKept(client: Queryable): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = current_database() and l.locktype = 'advisory' and l.objsubid = 1 and l.granted
       and (l.classid::bigint << 32) + l.objid::bigint = $1`,
    [lock],
  );
  return rowCount !== 0;
}

/** An authority in memory ended with its process; a common one goes on and is asked by whoever still serves from it. */
async function first(client: Queryable, name: string): Promise<Taken> {
  const { joined, keptBy } = await recordOf(client);
  return { name, first: true, othersMayServe: joined > 0 && (name === '' || name !== keptBy) };
}

async function recordOf(client: Queryable): Promise<{ joined: number; keptBy: string }> {
  const { rows } = await client.query<{ joined: number; keptBy: string }>(
    'select joined, kept_by as "keptBy" from vif_cache.authority',
  );
  return rows[0] ?? { joined: 0, keptBy: '' };
}

async function holds(client: Queryable, how: string, key = lock): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(`select ${how}(${key}) as locked`);
  return rows[0]?.locked === true;
}

/** All there are, shared or not. */
async function unlock(client: Queryable): Promise<void> {
  await client.query('select pg_advisory_unlock_all()');
}
