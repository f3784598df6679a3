let current: string | undefined;

/**
 * The workspace this tab shows. Every request names it, so that a tab left behind by a switch in another one
 * is refused (`workspace_changed`) instead of mixing two workspaces.
 */
export const workspaceShown = {
  id: () => current,
  /** Whether this tab shows a workspace already, and it is not this one. */
  isAnother: (id: string): boolean => current !== undefined && current !== id,
  enter(id: string): void {
    current = id;
  },
};
