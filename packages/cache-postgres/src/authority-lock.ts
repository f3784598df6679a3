import type { Asks } from './asks.ts';

/** The advisory lock of the one process that keeps a database's authority in its memory. */
const lock = '7116970003';

/** How the authority is kept, as who has no part in it sees it. */
export type Keeping = 'kept' | 'released' | 'abandoned';

/**
 * Tries to become the process that keeps the authority, until the connection ends or `releaseAuthority`.
 * @returns undefined when another process keeps it, else whether the one before let go in order; if it did not, it may
 *   still be serving what it holds
 */
export async function takeAuthority(client: Asks): Promise<'released' | 'abandoned' | undefined> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    lock,
  ]);
  if (!rows[0]?.locked) return undefined;
  const before = (await isReleased(client)) ? 'released' : 'abandoned';
  await setReleased(client, false);
  return before;
}

/** To be called when nothing is served any more. */
export async function releaseAuthority(client: Asks): Promise<void> {
  await setReleased(client, true);
  await client.query('select pg_advisory_unlock($1)', [lock]);
}

/** Whether a process keeps the authority now, and if none, whether the last one let go in order. */
export async function keepingOf(client: Asks): Promise<Keeping> {
  if (await isAuthorityKept(client)) return 'kept';
  return (await isReleased(client)) ? 'released' : 'abandoned';
}

/** Whether a process keeps the authority now. Asks for nothing of the schema's, which need not be there. */
export async function isAuthorityKept(client: Asks): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = current_database() and l.locktype = 'advisory' and l.objsubid = 1 and l.granted
       and (l.classid::bigint << 32) + l.objid::bigint = $1`,
    [lock],
  );
  return rowCount !== 0;
}

async function isReleased(client: Asks): Promise<boolean> {
  const { rows } = await client.query<{ released: boolean }>('select released from vif_cache.authority');
  return rows[0]?.released ?? true;
}

async function setReleased(client: Asks, released: boolean): Promise<void> {
  await client.query(
    `insert into vif_cache.authority (released) values ($1)
     on conflict (one) do update set released = excluded.released`,
    [released],
  );
}
