/** The four places a member can hold in a workspace, from most to least. */
export const roles = ['admin', 'manager', 'user', 'readonly'] as const;
export type Role = (typeof roles)[number];

/**
 * How far a permission reaches: every record of the workspace, only the records one owns, or none.
 * Reading knows no `own` yet: no role needs it, and the read door would have to narrow every loader.
 */
export type Scope = 'all' | 'own' | 'none';
type ReadScope = Exclude<Scope, 'own'>;

export const actions = ['read', 'create', 'update', 'delete', 'import'] as const;
export type Action = (typeof actions)[number];

type Grants = { readonly read: ReadScope } & { readonly [A in Exclude<Action, 'read'>]: Scope };
type Matrix = Readonly<Record<Role, Grants>>;

const everything: Grants = { read: 'all', create: 'all', update: 'all', delete: 'all', import: 'all' };
const own: Grants = { read: 'all', create: 'own', update: 'own', delete: 'own', import: 'own' };
const look: Grants = { read: 'all', create: 'none', update: 'none', delete: 'none', import: 'none' };
const nothing: Grants = { read: 'none', create: 'none', update: 'none', delete: 'none', import: 'none' };

const businessRecords: Matrix = { admin: everything, manager: everything, user: own, readonly: look };
const administration: Matrix = { admin: everything, manager: nothing, user: nothing, readonly: nothing };

/** Resource × role × action → scope. Plain data: the server enforces it, the web hides what it forbids. */
export const permissions = {
  organisations: businessRecords,
  people: businessRecords,
  /** Names of the members, to choose an owner from; everything else about a member is `members`. */
  owners: { admin: look, manager: look, user: look, readonly: look },
  members: administration,
  settings: administration,
  cache: administration,
} as const satisfies Record<string, Matrix>;

export type Resource = keyof typeof permissions;

/**
 * How far `role` may do `action` on `resource`.
 * @example scopeOf('user', 'organisations', 'update') // 'own'
 */
export function scopeOf(role: Role, resource: Resource, action: Action): Scope {
  return permissions[resource][role][action];
}

/**
 * Whether `role` may do `action` on a record, given whether the record is their own.
 * @example may('user', 'people', 'delete', { own: false }) // false
 */
export function may(role: Role, resource: Resource, action: Action, record: { own: boolean }): boolean {
  const scope = scopeOf(role, resource, action);
  return scope === 'all' || (scope === 'own' && record.own);
}
