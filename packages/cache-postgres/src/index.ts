export { type Acknowledge, acknowledgingClient } from './acknowledging/acknowledging-client.ts';
export { waitUntilTaken } from './acknowledging/wait-until-taken.ts';
export { isAuthorityKept } from './authority/authority-lock.ts';
export { AuthorityTaken } from './authority/authority-taken.ts';
export type { CommonAuthority } from './authority/common-authority.ts';
export { AuthorityLease } from './lease/authority-lease.ts';
export type { AuthorityLeaseOptions } from './lease/authority-lease-options.ts';
export { type OpenTrackedOptions, openTracked, type SharedStore, type Tracked } from './open-tracked.ts';
export { Invalidations, type InvalidationsOptions } from './outbox/invalidations.ts';
export type { OutboxRow } from './outbox/outbox-row.ts';
export { TrackedPool, type TrackedPoolOptions } from './pool/tracked-pool.ts';
export {
  type ConnectionSource,
  OutcomeUnknown,
  RolledBack,
  snapshot,
  type TransactionOptions,
  transaction,
} from './pool/transaction.ts';
export { Catalogues } from './recording/catalogues.ts';
export { sqlRecorder } from './recording/sql-recorder.ts';
export { installTracking, isTrackingInstalled } from './tracking/install-tracking.ts';
export { columnTags, tableTags, tagValue } from './tracking/tags.ts';
