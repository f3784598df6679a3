import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { RecordView } from '../records/bin.ts';

/** The columns a statement writes and their PostgreSQL types. */
export type ColumnTypes<Columns> = Readonly<Record<keyof Columns & string, ColumnType>>;
type ColumnType = 'text' | 'boolean' | 'numeric' | 'uuid';

/**
 * Inserts records in one statement. One whose external id somebody else just made is left out.
 * @returns the external ids of those inserted; null for one without
 */
export async function insertRecords<Columns>(
  db: Db,
  view: RecordView,
  types: ColumnTypes<Columns>,
  records: readonly Columns[],
): Promise<Set<string | null>> {
  if (records.length === 0) return new Set();
  const columns = sql.join(Object.keys(types).map((name) => sql.ref(name)));
  const { rows } = await sql<{ external_id: string | null }>`
    insert into ${sql.table(view)} (${columns}) select ${columns} from ${recordset(types, records)}
    on conflict (workspace_id, external_id) do nothing returning external_id`.execute(db);
  return new Set(rows.map((row) => row.external_id));
}

/** Updates records by their id in one statement, and takes them out of the bin. */
export async function updateRecords<Columns>(
  db: Db,
  view: RecordView,
  types: ColumnTypes<Columns>,
  records: readonly (Columns & { readonly id: string })[],
): Promise<void> {
  if (records.length === 0) return;
  const changes = Object.keys(types).map((name) => sql`${sql.ref(name)} = ${sql.ref(`r.${name}`)}`);
  await sql`
    update ${sql.table(view)} as t set ${sql.join(changes)}, deleted_at = null
    from ${recordset({ ...types, id: 'uuid' }, records)} where t.id = r.id`.execute(db);
}

/** The records as a table `r`: one parameter however many there are, and one plan. */
function recordset(
  types: Readonly<Record<string, ColumnType>>,
  records: readonly unknown[],
): RawBuilder<unknown> {
  const definitions = Object.entries(types).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`);
  return sql`jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(${sql.join(definitions)})`;
}
