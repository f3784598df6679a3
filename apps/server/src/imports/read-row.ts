import type { ColumnMap } from '../csv/map-columns.ts';
import type { CsvRow } from '../csv/read-csv.ts';
import type { RequestContext } from '../doors/context.ts';
import { validate } from '../problems/validate.ts';
import { VifError } from '../problems/vif-error.ts';
import type { CommonField, ImportRow, ImportSubject, Kept } from './import-subject.ts';
import type { OwnerReading } from './owners.ts';
import { RowRemarks } from './row-remarks.ts';

/** What reading a row takes beside the row. */
export interface RowReader<Field extends string> {
  readonly ctx: RequestContext;
  readonly scope: 'all' | 'own';
  readonly map: ColumnMap<Field | CommonField>;
  readonly ownerOf: (cell: string) => OwnerReading;
}

/**
 * Gives a function that reads the rows of one file, in their order: a second row with an external id of an earlier one
 * is at fault. A row with faults comes back as its remarks alone.
 */
export function rowReader<
  Field extends string,
  Input extends { externalId?: string | null | undefined },
  Columns,
  Current extends Columns & Kept,
>(subject: ImportSubject<Field, Input, Columns, Current>, reader: RowReader<Field>) {
  const { ctx, map } = reader;
  const lines = new Map<string, number>();

  return (row: CsvRow): ImportRow<Field, Input> | RowRemarks<Field | CommonField> => {
    const remarks = new RowRemarks(row, (field: Field | CommonField) => map.columnOf(field), ctx.language);
    if (row.fault) {
      remarks.fault(null, row.fault);
      return remarks;
    }
    const values = map.values(row.cells);
    const input = validated(subject, subject.read(values, remarks), remarks, ctx);
    if (input === undefined || remarks.isFaulty) return remarks;

    const externalId = input.externalId ?? null;
    if (externalId !== null) {
      const line = lines.get(externalId);
      if (line === undefined) lines.set(externalId, row.line);
      else {
        remarks.fault('externalId', 'duplicate_external_id', { value: externalId, line });
        return remarks;
      }
    }
    return { values, input, externalId, ownerId: readOwner(values.owner, remarks, reader), remarks };
  };
}

function validated<Field extends string, Input, Columns, Current extends Columns & Kept>(
  { schema }: ImportSubject<Field, Input, Columns, Current>,
  value: unknown,
  remarks: RowRemarks<Field | CommonField>,
  { language }: RequestContext,
): Input | undefined {
  try {
    return validate(schema, value, language);
  } catch (error) {
    if (!(error instanceof VifError) || !error.options.fields) throw error;
    for (const { path, code, message } of error.options.fields) {
      // Fields of the schema that `read` gave are fields of the file.
      remarks.faultInWords((path[0] ?? null) as Field | null, code, message ?? code);
    }
    return undefined;
  }
}

function readOwner<Field extends string>(
  cell: string | undefined,
  remarks: RowRemarks<Field | CommonField>,
  { ctx, scope, ownerOf }: RowReader<Field>,
): string | undefined {
  if (cell === undefined || cell === '') return undefined;
  const owner = ownerOf(cell);
  if (!owner.ok) remarks.warn('owner', owner.code, cell);
  else if (scope === 'own' && owner.id !== ctx.user.id) remarks.warn('owner', 'other_owner', cell);
  else return owner.id;
  return undefined;
}
