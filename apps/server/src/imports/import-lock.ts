import type { RecordView } from '../records/bin.ts';

/**
 * What an import holds an advisory lock on (`hashtextextended` of it, seed 0) until it is committed or undone.
 * @example importLock('app.people', workspaceId)
 */
export function importLock(view: RecordView, workspaceId: string): string {
  return `vif import ${view} ${workspaceId}`;
}
