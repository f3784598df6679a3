import type { Problem } from '@vif/contract';

/** A request the server answered with a problem (RFC 9457). People read `message`; code decides by `code`. */
export class ApiProblem extends Error {
  readonly code: Problem['code'] | 'unreadable';
  readonly status: number;
  /** What happened, in a few words; `message` says what to do. */
  readonly title: string | undefined;
  /** What is wrong with single fields, in the reader's language. */
  readonly errors: NonNullable<Problem['errors']>;
  /** With 412: the record as it is now. */
  readonly current: unknown;
  /** With 412: the version of `current`, for the next `If-Match`. */
  readonly etag: string | undefined;
  /** With `external_id_taken` and `external_id_in_bin`: the record that has it. */
  readonly record: string | undefined;
  readonly requestId: string | undefined;

  constructor(status: number, problem: Partial<Problem>, etag: string | undefined) {
    super(problem.detail ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.code = problem.code ?? 'unreadable';
    this.status = status;
    this.title = problem.title;
    this.errors = problem.errors ?? [];
    this.current = problem.current;
    this.etag = etag;
    this.record = problem.record;
    this.requestId = problem.requestId;
  }
}

/** A request that got no answer: the connection is gone or the server is. Whether a write arrived is unknown. */
export class NetworkProblem extends Error {
  constructor(cause: unknown) {
    super('no answer', { cause });
    this.name = 'NetworkProblem';
  }
}

/** Whether an error is the API's, with one of these codes. */
export function isProblem(error: unknown, ...codes: ApiProblem['code'][]): error is ApiProblem {
  return error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code));
}

/** Whether a part of the app itself could not be fetched; what browsers and Vite say then has no code. */
export function isFailedLoad(error: unknown): boolean {
  return (
    error instanceof Error && /dynamically imported module|module script|preload CSS/i.test(error.message)
  );
}
