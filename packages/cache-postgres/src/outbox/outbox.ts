import type { Queryable } from '../connection/queryable.ts';
import { type OutboxRow, outboxColumns, type RawOutboxRow, readOutboxRow } from './outbox-row.ts';

/** Rows read, or deleted, at once. A statement's tags are few, so this is some 200 kB. */
const batchSize = 1000;

/** A row, and whether a process is about to bump it, as each does that commits through this package. */
export interface WaitingRow extends OutboxRow {
  readonly marked: boolean;
}

/** The rows that wait, oldest first, in batches. A row committed before the first batch was asked for is among them. */
export async function* waitingRows(client: Queryable): AsyncGenerator<WaitingRow[], void> {
  for (let last = '0', more = true; more; ) {
    const { rows } = await client.query<RawOutboxRow & { marked: boolean }>({
      name: 'vif_cache_waiting',
      text: `select ${outboxColumns}, o.connection <> '' as marked from vif_cache.outbox o where o.id > $1 order by o.id limit ${batchSize}`,
      values: [last],
    });
    if (rows.length > 0) yield rows.map((row) => ({ ...readOutboxRow(row), marked: row.marked }));
    last = rows.at(-1)?.id ?? last;
    more = rows.length === batchSize;
  }
}

/** Deletes rows that were bumped; those already gone do not matter. */
export async function deleteRows(client: Queryable, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += batchSize) {
    await client.query({
      name: 'vif_cache_delete',
      text: 'delete from vif_cache.outbox where id = any($1::bigint[])',
      values: [ids.slice(from, from + batchSize)],
    });
  }
}

/** Which of these rows still wait. */
export async function stillWaiting(client: Queryable, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>(
    'select id::text as id from vif_cache.outbox where id = any($1::bigint[])',
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}
