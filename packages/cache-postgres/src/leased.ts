import type { Authority } from '@vif/cache';
import type { AuthorityLease } from './authority-lease.ts';

/** The authority while its lease is held; else one that cannot be reached, so that nothing is served or stored. */
export function leased(authority: Authority, lease: Pick<AuthorityLease, 'held'>): Authority {
  return {
    position: () => (lease.held ? authority.position() : undefined),
    check: (token) => (lease.held ? authority.check(token) : 'unreachable'),
    bump: (tags) => authority.bump(tags),
  };
}
