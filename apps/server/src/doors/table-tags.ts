import type { Tag } from '@vif/cache';
import { columnTags, tableTags } from '@vif/cache-postgres';
import type { Table } from './policies.ts';

/** The column by which one workspace's part of a table of everybody's is told. */
const workspaceColumns: Partial<Record<Table, string>> = {
  'auth.organization': 'id',
  'auth.member': 'organizationId',
  'auth.invitation': 'organizationId',
};

/** Of each workspace and list of tables, the same array each time: tags of their own would double what a small entry takes. */
const made = new Map<string, readonly Tag[]>();
const mostMade = 10_000;

/** What an answer depends on that reads these tables in one workspace. */
export function tagsOf(workspaceId: string, tables: readonly Table[]): readonly Tag[] {
  const asked = `${workspaceId} ${tables.join()}`;
  let tags = made.get(asked);
  if (!tags) {
    tags = tables.flatMap((table) => tagsOfTable(workspaceId, table));
    if (made.size === mostMade) made.clear();
    made.set(asked, tags);
  }
  return tags;
}

function tagsOfTable(workspaceId: string, table: Table): Tag[] {
  if (table.startsWith('data.')) return tableTags(workspaceId, table);
  const column = workspaceColumns[table];
  return column === undefined ? tableTags('*', table) : columnTags('*', table, column, workspaceId);
}
