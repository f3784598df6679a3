import type { Asks } from '../asks.ts';

export interface Tracking {
  /** Another one than before: writes may have passed without a row in the outbox. */
  readonly tracking: string;
  /** Tables whose writes may pass so now. */
  readonly untracked: readonly string[];
}

/** Asks, in one snapshot, whether every write leaves its row, and whether that may have been otherwise meanwhile. */
export async function askTracking(client: Asks): Promise<Tracking> {
  const { rows } = await client.query<{ tracking: string | null; untracked: string[] }>(
    'select vif_cache.tracking() as tracking, array(select vif_cache.untracked()) as untracked',
  );
  const { tracking, untracked } = rows[0] ?? {};
  return { tracking: tracking ?? '', untracked: untracked ?? [] };
}
