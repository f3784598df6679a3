export { type Acknowledge, acknowledgingClient } from './acknowledging-client.ts';
export { AuthorityLease } from './authority-lease.ts';
export type { AuthorityLeaseOptions } from './authority-lease-options.ts';
export { isAuthorityKept } from './authority-lock.ts';
export { AuthorityTaken } from './authority-taken.ts';
export type { CommonAuthority } from './common-authority.ts';
export { Invalidations, type InvalidationsOptions } from './invalidations.ts';
export { type OpenTrackedOptions, openTracked, type SharedStore, type Tracked } from './open-tracked.ts';
export type { OutboxRow } from './outbox-row.ts';
export { Catalogues } from './recording/catalogues.ts';
export { sqlRecorder } from './recording/sql-recorder.ts';
export { columnTags, tableTags, tagValue } from './tags.ts';
export { TrackedPool, type TrackedPoolOptions } from './tracked-pool.ts';
export { installTracking, isTrackingInstalled } from './tracking/install-tracking.ts';
export {
  type Connects,
  OutcomeUnknown,
  RolledBack,
  snapshot,
  type TransactionOptions,
  transaction,
} from './transaction.ts';
export { waitUntilTaken } from './wait-until-taken.ts';
