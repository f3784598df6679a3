import type { Tag } from '@vif/cache';

/** What one statement changed, as it waits in the outbox. */
export interface OutboxRow {
  /** A bigint in digits. */
  readonly id: string;
  readonly tags: readonly Tag[];
}

/** A row as text, so that no type parser a pool was given reads it differently. */
export const outboxColumns = 'id::text as id, to_json(tags)::text as tags';

/** Reads what a statement that selects `outboxColumns` answered. */
export function readOutboxRow({ id, tags }: { id: string; tags: string }): OutboxRow {
  return { id, tags: JSON.parse(tags) as string[] }; // the column is text[] not null
}

/** What all of them bump, each tag once. */
export function tagsOf(rows: readonly OutboxRow[]): Set<Tag> {
  return new Set(rows.flatMap(({ tags }) => tags));
}
