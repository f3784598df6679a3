import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RouteAnswer } from '@vif/contract';
import { sql } from 'kysely';
import { mapColumns } from '../csv/map-columns.ts';
import { readCsv } from '../csv/read-csv.ts';
import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import { requirePermission } from '../doors/permission.ts';
import type { RecordView } from '../records/bin.ts';
import { importLock } from './import-lock.ts';
import { importRefusal } from './import-refusal.ts';
import { ImportReport } from './import-report.ts';
import type { ImportRow, ImportSubject, Kept } from './import-subject.ts';
import { ownerReader } from './owners.ts';
import { rowReader } from './read-row.ts';
import { RowRemarks } from './row-remarks.ts';
import { settleBatch } from './settle-batch.ts';

/** Rows of a file: their external ids are kept in memory, about 100 MB of them. */
const rowLimit = 500_000;
/** A batch's rows, and the characters in their cells. */
const batchLimit = { rows: 500, characters: 4_000_000 } as const;
/** Rows that are read before other requests get their turn: about 3 ms. */
const rowsPerTurn = 50;

/** Where the file is, and whether anybody still waits for the answer. */
export interface ImportFile {
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * Imports a file within the transaction of `db`. Rows with faults are rejected one by one; anything else that goes
 * wrong is thrown, and then nothing is imported.
 * @throws {CsvError} when the file cannot be read
 * @throws {VifError} `invalid_csv` when it has too many rows, or too many that are rejected
 */
export async function importRows<
  Field extends string,
  Input extends { externalId?: string | null | undefined },
  Columns extends object,
  Current extends Columns & Kept,
>(
  db: Db,
  ctx: RequestContext,
  file: ImportFile,
  subject: ImportSubject<Field, Input, Columns, Current>,
): Promise<RouteAnswer<'organisations.import'>> {
  const scope = requirePermission(ctx, subject.route);
  await waitForOtherImports(db, ctx, subject.view);
  await using csv = await readCsv(file.path);
  const map = mapColumns(csv.header.cells, subject.spellings);
  const report = new ImportReport(ctx.language);
  const readRow = rowReader(subject, { ctx, scope, map, ownerOf: await ownerReader(db) });
  let batch: ImportRow<Field, Input>[] = [];
  let characters = 0;
  let rows = 0;

  async function settle() {
    file.signal.throwIfAborted();
    await settleBatch(db, ctx, subject, scope, batch, report);
    batch = [];
    characters = 0;
  }

  for await (const row of csv.rows) {
    if (++rows > rowLimit) throw importRefusal('too_many_rows', ctx.language, { limit: rowLimit });
    const read = readRow(row);
    if (read instanceof RowRemarks) report.reject(read);
    else {
      batch.push(read);
      characters += row.cells.reduce((sum, cell) => sum + cell.length, 0);
    }
    if (batch.length >= batchLimit.rows || characters > batchLimit.characters) await settle();
    else if (rows % rowsPerTurn === 0) await nextTurn();
  }
  await settle();
  const { separator, header } = csv;
  return report.answer({ separator, columns: [...map.columns], header: [...header.cells] });
}

/**
 * Until those of the same records in this workspace are committed, on whatever server: two files with the same ids in
 * other orders would wait for each other's rows.
 */
async function waitForOtherImports(db: Db, ctx: RequestContext, view: RecordView) {
  const lock = importLock(view, ctx.workspace.id);
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(db);
}
