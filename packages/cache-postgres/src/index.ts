export { type Acknowledge, acknowledgingClient } from './acknowledging-client.ts';
export { AuthorityLease } from './authority-lease.ts';
export type { AuthorityLeaseOptions } from './authority-lease-options.ts';
export { isAuthorityKept } from './authority-lock.ts';
export { AuthorityTaken } from './authority-taken.ts';
export type { OutboxRow } from './outbox-row.ts';
export { columnTags, tableTags } from './tags.ts';
export { waitUntilTaken } from './wait-until-taken.ts';
