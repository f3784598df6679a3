import type { RouteName } from '@vif/contract';

/** How a read is cached: for how long at most, in seconds, when nothing that it was read from is written. */
export type ReadPolicy =
  | { readonly ttl: number }
  /** Why it is not. */
  | { readonly uncached: string };

/**
 * Every read that passes the read door. What an answer depends on is found out from the SQL that it was read by, and it
 * is never older than a write to that, so a time to live is only how long an answer that nobody changed is kept.
 */
export const readPolicies = {
  'organisations.list': { ttl: 300 },
  'organisations.count': { ttl: 300 },
  'organisations.search': { ttl: 600 },
  'organisations.categories': { ttl: 300 },
  'organisations.duplicates': { ttl: 60 },
  'organisations.get': { ttl: 600 },
  'people.list': { ttl: 30 },
  'people.count': { ttl: 30 },
  'people.search': { ttl: 30 },
  'people.duplicates': { ttl: 30 },
  'people.get': { ttl: 600 },
  'owners.list': { ttl: 300 },
  'members.list': { uncached: 'it leaves out invitations whose time is over' },
} as const satisfies Partial<Record<RouteName, ReadPolicy>>;

/** A route that the read door serves. */
export type ReadName = keyof typeof readPolicies;
