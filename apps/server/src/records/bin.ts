import type { Db } from '../db/database.ts';
import { VifError } from '../problems/vif-error.ts';

/** The views whose records go through the bin and may carry an external id. */
export type RecordView = 'app.organisations' | 'app.people';

/**
 * Puts a record into the bin.
 * @throws {VifError} `not_found` when it is not there, or in the bin already
 */
export async function binRecord(db: Db, view: RecordView, id: string): Promise<{ id: string }> {
  const row = await db
    .updateTable(view)
    .set({ deleted_at: new Date().toISOString() })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new VifError('not_found');
  return row;
}

/**
 * Takes a record out of the bin.
 * @throws {VifError} `not_found` when it is not in the bin
 */
export async function restoreRecord(db: Db, view: RecordView, id: string): Promise<void> {
  const row = await db
    .updateTable(view)
    .set({ deleted_at: null })
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new VifError('not_found');
}

/**
 * Refuses an external id that another record has and says which, so that it can be opened or restored; in a race the
 * table's constraint decides.
 * @throws {VifError} `external_id_taken`, `external_id_in_bin`
 */
export async function refuseTakenExternalId(db: Db, view: RecordView, externalId: string | null | undefined) {
  if (externalId == null) return;
  const taken = await db
    .selectFrom(view)
    .select(['id', 'deleted_at'])
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  if (!taken) return;
  const code = taken.deleted_at === null ? 'external_id_taken' : 'external_id_in_bin';
  throw new VifError(code, { record: taken.id, fields: [{ path: ['externalId'], code }] });
}
