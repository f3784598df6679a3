import type { Queryable } from '../connection/queryable.ts';

export interface Tracking {
  /** Another one than vouched for: writes may have passed without a row in the outbox. */
  readonly tracking: string;
  /** What it was when the authority was last made to forget such writes; empty for never. */
  readonly vouched: string;
  /** Tables whose writes may pass so now. */
  readonly untracked: readonly string[];
}

/** Asks, in one snapshot, whether every write leaves its row, and whether that may have been otherwise meanwhile. */
export async function askTracking(client: Queryable): Promise<Tracking> {
  const { rows } = await client.query<{
    tracking: string | null;
    vouched: string | null;
    untracked: string[];
  }>(
    `select vif_cache.tracking() as tracking, (select vouched from vif_cache.authority) as vouched,
       array(select vif_cache.untracked()) as untracked`,
  );
  const { tracking, vouched, untracked } = rows[0] ?? {};
  return { tracking: tracking ?? '', vouched: vouched ?? '', untracked: untracked ?? [] };
}

/** Notes, for every process on this authority, up to where it forgot what may have been written past it. */
export async function vouchFor(client: Queryable, tracking: string): Promise<void> {
  await client.query('update vif_cache.authority set vouched = $1', [tracking]);
}
