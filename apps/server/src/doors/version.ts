import type { RouteName } from '@vif/contract';
import { VifError } from '../problems/vif-error.ts';
import { Entry } from './entry.ts';
import { contentEtag, etagsIn } from './etag.ts';
import { answerOf } from './read.ts';

/** The version of a record that an update was made from: the ETag it was read with. */
export type Version = string;

/**
 * Refuses an update made from a version that is no longer the record's. Call it in the write's transaction, with the
 * row locked and `record` as the `get` route would answer it.
 *
 * @throws {VifError} `version_outdated` carrying the record as it is now (RFC 9110 §13.1.1)
 */
export function requireVersion(get: RouteName & `${string}.get`, record: unknown, version: Version): void {
  const { body, etag } = Entry.of(answerOf(get, record));
  // If-Match compares strongly; but what counts here is which content the change was made from, in whatever coding.
  const given = etagsIn(version).map(contentEtag);
  if (given.includes(etag) || given.includes('*')) return;
  throw new VifError('version_outdated', { current: { record: JSON.parse(body.toString()), etag } });
}
