import { type Action, may, type Resource, scopeOf } from '@vif/contract/permissions';
import { useMe } from './me.ts';

/** What the person may do; the server decides, this hides what it would refuse. */
export interface May {
  /** On a record that belongs to `ownerId`. */
  (resource: Resource, action: Action, ownerId: string): boolean;
  /** On some record at least. */
  (resource: Resource, action: Action): boolean;
}

/**
 * @example
 * const may = useMay();
 * may('organisations', 'create'); // show the button
 * may('organisations', 'update', organisation.ownerId); // let edit this one
 */
export function useMay(): May {
  const { id, workspace } = useMe();
  return (resource: Resource, action: Action, ownerId?: string) =>
    ownerId === undefined
      ? scopeOf(workspace.role, resource, action) !== 'none'
      : may(workspace.role, resource, action, { own: ownerId === id });
}
