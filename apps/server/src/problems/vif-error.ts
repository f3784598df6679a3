import { type ProblemCode, problemStatus } from '@vif/contract/problem';

export interface FieldFault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  /** Values that the message in the reader's language mentions. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Already in the reader's language. */
  readonly message?: string;
}

interface VifErrorOptions {
  readonly cause?: unknown;
  readonly fields?: readonly FieldFault[];
  /** With `version_outdated`: the record as it is and its ETag. */
  readonly current?: { readonly record: unknown; readonly etag: string };
  /** The record that is in the way. */
  readonly record?: string;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** Values that the message in the reader's language mentions. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/**
 * The one error that features and plumbing throw on purpose. Its code decides the HTTP status and, in the reader's
 * language, the sentence; `cause` is for the log alone.
 * @example throw new VifError('not_found')
 */
export class VifError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly options: VifErrorOptions;

  constructor(code: ProblemCode, options: VifErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.name = 'VifError';
    this.code = code;
    this.status = problemStatus[code];
    this.options = options;
  }
}
