import { z } from 'zod';

/** Every error's stable code, and the HTTP status it answers with. The web and scripts decide by code, people read `detail`. */
export const problemStatus = {
  invalid_input: 400,
  invalid_json: 400,
  invalid_encoding: 400,
  invalid_url: 400,
  invalid_csv: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  forbidden: 403,
  not_owner: 403,
  foreign_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  too_slow: 408,
  conflict: 409,
  /** Another tab of this browser switched to another workspace. */
  workspace_changed: 409,
  external_id_taken: 409,
  external_id_in_bin: 409,
  already_member: 409,
  last_admin: 409,
  version_outdated: 412,
  too_large: 413,
  unsupported_type: 415,
  unknown_reference: 422,
  upgrade_required: 426,
  version_required: 428,
  too_many_requests: 429,
  internal: 500,
  busy: 503,
  starting: 503,
  database_unavailable: 503,
  outcome_unknown: 503,
} as const;
export type ProblemCode = keyof typeof problemStatus;

/** One field that was not as it must be. `path` is the field's place, `['country']`. */
export const fieldProblem = z.strictObject({
  path: z.array(z.union([z.string(), z.number()])),
  code: z.string(),
  message: z.string(),
});

/** RFC 9457 problem details, `application/problem+json`. */
export const problem = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]), // the keys of the const object above
  detail: z.string(),
  requestId: z.string(),
  errors: z.array(fieldProblem).optional(),
  /** With 412: the record as it is now, to show both values. Its `ETag` header names its version. */
  current: z.unknown().optional(),
  /** With `external_id_in_bin` and `external_id_taken`: the record that has it. */
  record: z.uuid().optional(),
});
export type Problem = z.infer<typeof problem>;
