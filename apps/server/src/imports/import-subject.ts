import type { z } from 'zod';
import type { ColumnSpellings } from '../csv/map-columns.ts';
import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import type { RecordView } from '../records/bin.ts';
import type { RowRemarks } from './row-remarks.ts';
import type { ColumnTypes } from './save-records.ts';

/** Fields that every kind of record has. */
export type CommonField = 'owner' | 'externalId';

/** A row's text by field; a field without a column is absent, a blank cell is ''. */
export type Values<Field extends string> = Partial<Record<Field | CommonField, string>>;

/** A row that can be taken: what its cells say, validated by the contract. */
export interface ImportRow<Field extends string, Input> {
  readonly values: Values<Field>;
  readonly input: Input;
  readonly externalId: string | null;
  /** Whom the file names as owner; undefined when it names nobody. */
  readonly ownerId: string | undefined;
  readonly remarks: RowRemarks<Field | CommonField>;
}

/** What every record has beside its kind's columns. */
export interface Kept {
  readonly id: string;
  readonly owner_id: string;
  readonly external_id: string | null;
  readonly deleted_at: string | null;
}

/** What the rows of a file become, for one kind of record. */
export interface ImportSubject<Field extends string, Input, Columns, Current extends Columns & Kept> {
  readonly route: 'organisations.import' | 'people.import';
  readonly view: RecordView;
  readonly spellings: ColumnSpellings<Field | CommonField>;
  readonly schema: z.ZodType<Input>;
  readonly types: ColumnTypes<Columns>;
  /** A row's cells as the contract's schema takes them. A field that is left out keeps its value. */
  read: (values: Values<Field>, remarks: RowRemarks<Field | CommonField>) => unknown;
  /** The records with these external ids, those in the bin too, locked until the import is committed. */
  findCurrent: (db: Db, externalIds: readonly string[]) => Promise<Current[]>;
  /** Looks up what a batch needs. The function it gives makes a row's columns, from `current` where there is one. */
  prepare: (
    db: Db,
    ctx: RequestContext,
    rows: readonly ImportRow<Field, Input>[],
  ) => Promise<(row: ImportRow<Field, Input>, current: Current | undefined) => Columns>;
}
