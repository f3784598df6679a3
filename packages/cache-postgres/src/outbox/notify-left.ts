import type { Queryable } from '../connection/queryable.ts';

/** What NOTIFY says when rows wait that carry a process's mark and that it will not bump itself. */
export const left = 'left';

/** Asks the processes that drain to take such rows at once: connections that are marked have no trigger that does. */
export async function notifyLeft(client: Queryable): Promise<void> {
  await client.query(`notify vif_cache, '${left}'`);
}
