import type { Recorder } from '@vif/cache';
import { sqlRecorder, tableTags } from '@vif/cache-postgres';

/** As a cache that is told which tables a statement reads and no more: each write to one of a workspace invalidates. */
export const tableRecorder: Recorder = {
  record: async (load) => {
    const recorded = await sqlRecorder.record(load);
    return { ...recorded, tags: [...new Set(recorded.tags.flatMap(ofTable))] };
  },
};

/** Tags are `workspace:table:rest`; of all workspaces, `*`. */
function ofTable(tag: string): string[] {
  const [workspace = '', table = ''] = tag.split(':');
  return workspace === '*' ? [tag] : tableTags(workspace, table);
}
