/** What a workspace's reads of one name are counted under. */
export function readNamespace(workspaceId: string, name: string): string {
  return `${workspaceId} ${name}`;
}

/** Whose a key of the cache is, which begins with its namespace. */
export function workspaceIn(key: string): string {
  return key.slice(0, key.indexOf(' '));
}

/** The read's name, where the namespace is the workspace's; else undefined. */
export function readNameIn(namespace: string, workspaceId: string): string | undefined {
  const [id, name] = namespace.split(' ');
  return id === workspaceId ? name : undefined;
}
