import type { Tag } from '@vif/cache';

/** What one statement changed, as it waits in the outbox. */
export interface OutboxRow {
  /** A bigint in digits. */
  readonly id: string;
  readonly tags: readonly Tag[];
  /** The table that was written, with its schema; absent of what concerns several, and in rows of older triggers. */
  readonly table?: string;
  /** INSERT, UPDATE, DELETE or TRUNCATE; BULK, TRACK or UNTRACK when it is the tracking that changed. */
  readonly operation?: string;
  /** The transaction that wrote, as `pg_current_xact_id()` counts. */
  readonly transaction?: string;
  /** When, by PostgreSQL's clock: ISO 8601. */
  readonly at?: string;
}

/** A row as a statement that selects `outboxColumns` answers it. */
export interface RawOutboxRow {
  readonly id: string;
  readonly tags: string;
  readonly why: string;
}

/** A row as text, so that no type parser a pool was given reads it differently. */
export const outboxColumns =
  `id::text as id, to_json(tags)::text as tags, json_strip_nulls(json_build_object('table', table_name,` +
  ` 'operation', operation, 'transaction', transaction::text, 'at', to_json(at at time zone 'UTC') #>> '{}' || 'Z'))::text as why`;

/** Reads what a statement that selects `outboxColumns` answered. */
export function readOutboxRow({ id, tags, why }: RawOutboxRow): OutboxRow {
  // The column is text[] not null; the other is built of these names just above.
  return { id, tags: JSON.parse(tags) as string[], ...(JSON.parse(why) as Partial<OutboxRow>) };
}

/** What all of them bump, each tag once. */
export function tagsOf(rows: readonly OutboxRow[]): Set<Tag> {
  return new Set(rows.flatMap(({ tags }) => tags));
}
