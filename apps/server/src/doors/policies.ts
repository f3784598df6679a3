import type { RouteName } from '@vif/contract';

/** Tables whose writes bump the cache. */
export type Table =
  | 'data.organisations'
  | 'data.people'
  | 'data.audit_entries'
  | 'auth.organization'
  | 'auth.member'
  | 'auth.user'
  | 'auth.account'
  | 'auth.session'
  | 'auth.invitation';

/** How a read is cached: for how long at most, in seconds, and what it reads. */
export type ReadPolicy =
  | { readonly ttl: number; readonly tables: readonly Table[] }
  /** Why it is not. */
  | { readonly uncached: string };

/** The names of members. */
const names: Table[] = ['auth.user', 'auth.member'];

/**
 * Every read that passes the read door. An answer is never older than a write to its tables, so a time to live is only
 * how long an answer that nobody changed is kept. `policies.test.ts` holds the tables against the statements sent.
 */
export const readPolicies = {
  'organisations.list': { ttl: 300, tables: ['data.organisations', ...names] },
  'organisations.count': { ttl: 300, tables: ['data.organisations'] },
  'organisations.search': { ttl: 600, tables: ['data.organisations'] },
  'organisations.categories': { ttl: 300, tables: ['data.organisations'] },
  'organisations.duplicates': { ttl: 60, tables: ['data.organisations'] },
  'organisations.get': { ttl: 600, tables: ['data.organisations', 'data.people', ...names] },
  'people.list': { ttl: 30, tables: ['data.people', 'data.organisations', ...names] },
  'people.count': { ttl: 30, tables: ['data.people'] },
  'people.search': { ttl: 30, tables: ['data.people'] },
  'people.duplicates': { ttl: 30, tables: ['data.people'] },
  'people.get': { ttl: 600, tables: ['data.people', 'data.organisations', ...names] },
  'owners.list': { ttl: 300, tables: names },
  'members.list': { uncached: 'it leaves out invitations whose time is over' },
} as const satisfies Partial<Record<RouteName, ReadPolicy>>;

/** A route that the read door serves. */
export type ReadName = keyof typeof readPolicies;

const audited: Table = 'data.audit_entries';

/** Every write that passes the write door, and the tables whose rows it may change. */
export const writePolicies = {
  'organisations.create': ['data.organisations', audited],
  'organisations.update': ['data.organisations', 'data.people', audited],
  'organisations.delete': ['data.organisations', audited],
  'organisations.restore': ['data.organisations', audited],
  'organisations.import': ['data.organisations', 'data.people', audited],
  'people.create': ['data.people', audited],
  'people.update': ['data.people', audited],
  'people.delete': ['data.people', audited],
  'people.restore': ['data.people', audited],
  'people.import': ['data.people', audited],
  'members.invite': ['auth.invitation', audited],
  'members.cancelInvitation': ['auth.invitation', audited],
  'members.update': ['auth.member', 'auth.session', 'auth.invitation', audited],
  'members.remove': [
    'auth.member',
    'auth.session',
    'auth.invitation',
    'data.organisations',
    'data.people',
    audited,
  ],
  'invitations.accept': ['auth.invitation', 'auth.user', 'auth.account', 'auth.member', audited],
  'setup.run': ['auth.organization', 'auth.user', 'auth.account', 'auth.member', audited],
} as const satisfies Partial<Record<RouteName, readonly Table[]>>;

/** A route that the write door serves. */
export type WriteName = keyof typeof writePolicies;
