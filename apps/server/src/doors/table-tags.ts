import type { Tag } from '@vif/cache';
import { columnTags, tableTags } from '@vif/cache-postgres';
import type { Table } from './policies.ts';

/** The column by which one workspace's part of a table of everybody's is told. */
const workspaceColumns: Partial<Record<Table, string>> = {
  'auth.organization': 'id',
  'auth.member': 'organizationId',
  'auth.invitation': 'organizationId',
};

/** What an answer depends on that reads these tables in one workspace. */
export function tagsOf(workspaceId: string, tables: readonly Table[]): Tag[] {
  return tables.flatMap((table) => {
    if (table.startsWith('data.')) return tableTags(workspaceId, table);
    const column = workspaceColumns[table];
    return column === undefined ? tableTags('*', table) : columnTags('*', table, column, workspaceId);
  });
}
