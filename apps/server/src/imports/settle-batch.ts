import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import type { ImportReport } from './import-report.ts';
import type { ImportRow, ImportSubject, Kept } from './import-subject.ts';
import { insertRecords, updateRecords } from './save-records.ts';

/**
 * Creates, updates or restores what a batch of rows says, in three statements and what the subject looks up. A row
 * whose external id somebody else makes in between is looked at once more, and then updates what they made.
 */
export async function settleBatch<
  Field extends string,
  Input,
  Columns extends object,
  Current extends Columns & Kept,
>(
  db: Db,
  ctx: RequestContext,
  subject: ImportSubject<Field, Input, Columns, Current>,
  scope: 'all' | 'own',
  batch: readonly ImportRow<Field, Input>[],
  report: ImportReport,
): Promise<void> {
  for (let rows = batch; rows.length > 0; ) {
    const ids = rows.flatMap(({ externalId }) => externalId ?? []);
    const found = ids.length > 0 ? await subject.findCurrent(db, ids) : [];
    const currents = new Map(found.map((one) => [one.external_id, one]));
    const columnsOf = await subject.prepare(db, ctx, rows);
    const created: { row: ImportRow<Field, Input>; columns: Columns }[] = [];
    const updated: (Columns & { id: string })[] = [];

    for (const row of rows) {
      const current = row.externalId === null ? undefined : currents.get(row.externalId);
      if (!current) {
        created.push({ row, columns: columnsOf(row, undefined) });
      } else if (scope === 'own' && current.owner_id !== ctx.user.id) {
        row.remarks.fault(null, 'not_owner');
        report.reject(row.remarks);
      } else {
        const columns = columnsOf(row, current);
        const changes = differ(subject.types, columns, current);
        if (changes || current.deleted_at !== null) updated.push({ ...columns, id: current.id });
        report.take(
          current.deleted_at !== null ? 'restored' : changes ? 'updated' : 'unchanged',
          row.remarks,
        );
      }
    }

    await updateRecords(db, subject.view, subject.types, updated);
    const inserted = await insertRecords(
      db,
      subject.view,
      subject.types,
      created.map(({ columns }) => columns),
    );
    const isInserted = ({ externalId }: ImportRow<Field, Input>) =>
      externalId === null || inserted.has(externalId);
    for (const { row } of created) if (isInserted(row)) report.take('created', row.remarks);
    rows = created.map(({ row }) => row).filter((row) => !isInserted(row));
  }
}

function differ<Columns>(
  types: Readonly<Record<keyof Columns & string, string>>,
  next: Columns,
  current: Columns,
) {
  // The keys of `types` are the columns.
  return (Object.keys(types) as (keyof Columns & string)[]).some((name) => next[name] !== current[name]);
}
