import type { Client } from 'pg';
import { importLock } from '../../imports/import-lock.ts';

export interface ImportAsked {
  readonly kind: 'organisations' | 'people';
  readonly workspaceId: string;
  readonly userId: string;
  /** The database's time before the file was sent. */
  readonly since: Date;
}

/**
 * Whether an import whose answer was lost was committed: waits until it holds its lock no longer, then looks for the
 * audit entry that every committed one leaves.
 */
export async function wasImported(owner: Client, asked: ImportAsked): Promise<boolean> {
  await owner.query(`set lock_timeout = '60s'`);
  // Held for this statement alone.
  await owner.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    importLock(`app.${asked.kind}`, asked.workspaceId),
  ]);
  const { rowCount } = await owner.query(
    'select from data.audit_entries where workspace_id = $1 and user_id = $2 and operation = $3 and at >= $4 limit 1',
    [asked.workspaceId, asked.userId, `${asked.kind}.import`, asked.since],
  );
  return rowCount === 1;
}
