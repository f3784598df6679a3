import type { Tag } from '../authority.ts';

/** The tag of everything that a cache holds. Tags of yours that equal one of these invalidate more, never less. */
export const everything: Tag = 'everything';

/** The tag of all that a namespace holds, in every scope. */
export function tagOfNamespace(namespace: string): Tag {
  return `namespace ${namespace}`;
}

/**
 * What the keys of a namespace begin with, and no other namespace's do.
 * @param scope whose values they are, such as a tenant; undefined where all share them
 * @example placeOf('orders', undefined) // 'orders:'
 * @example placeOf('orders', 'acme') // 'orders@acme:'
 */
export function placeOf(namespace: string, scope: string | undefined): string {
  return scope === undefined ? `${escaped(namespace)}:` : `${escaped(namespace)}@${escaped(scope)}:`;
}

/** What the keys of a namespace begin with in any scope, and no other namespace's do. */
export function placesOf(namespace: string): readonly string[] {
  return [`${escaped(namespace)}:`, `${escaped(namespace)}@`];
}

/** Which namespace all keys that match a pattern lie in; undefined when they may lie in several. */
export function namespaceIn(pattern: string): string | undefined {
  const literal = pattern.slice(0, wildcardIn(pattern));
  const end = literal.search(/[:@]/);
  return end < 0 ? undefined : unescaped(literal.slice(0, end));
}

/** Where a pattern's first wildcard is, `*` or `?`; its length when there is none. */
export function wildcardIn(pattern: string): number {
  const at = pattern.search(/[*?]/);
  return at < 0 ? pattern.length : at;
}

function escaped(name: string): string {
  return name.replaceAll(/[%:@*?]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Text that `escaped` did not write stays as it is: no namespace is called so, and nothing is to be invalidated. */
function unescaped(name: string): string {
  return name.replaceAll(/%(25|3A|40|2A|3F)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
