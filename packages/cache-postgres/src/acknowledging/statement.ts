import type { QueryConfig, QueryResult, QueryResultRow, Submittable } from 'pg';

export type Result = QueryResult<QueryResultRow>;
/** As the driver calls it; for several statements in one text the result is an array of theirs. */
export type Callback = (error: Error | null, result?: Result | Result[]) => void;

export interface Statement {
  /** Empty where a statement that was prepared before is named only. */
  readonly text: string;
  /** For the driver, without a callback. */
  readonly config: QueryConfig<unknown[]>;
  /** Whom to answer; a promise where there is none. */
  readonly answer: Callback | undefined;
}

/** All that the driver reads from an object it is given. */
const settings = [
  'text',
  'values',
  'name',
  'types',
  'rows',
  'queryMode',
  'binary',
  'portal',
  'rowMode',
  'query_timeout',
] as const;

/**
 * Reads the arguments of `client.query`, which come in eight forms. The settings are copied one by one: they may be
 * getters of a class, and the driver leaves its callback in the object it is given.
 * @throws {TypeError} where the driver does
 */
export function readStatement(config: unknown, values: unknown, callback: unknown): Statement {
  if (config === null || config === undefined) {
    throw new TypeError('Client was passed a null or undefined query');
  }
  // The driver's contract: text or an object of settings.
  const given = (typeof config === 'string' ? { text: config } : config) as Record<string, unknown>;
  const answer = callback || (typeof values === 'function' ? values : given.callback);
  if (answer && typeof answer !== 'function') throw new TypeError('callback is not a function');
  const copy = Object.fromEntries(settings.map((name) => [name, given[name]]));
  if (values && typeof values !== 'function') copy.values = values;
  return {
    text: typeof given.text === 'string' ? given.text : '',
    config: copy as object as QueryConfig<unknown[]>, // what the caller gave, which the driver judges
    answer: answer ? (answer as Callback) : undefined, // a function, as was asked above
  };
}

/** Cursors, query streams and the driver's own Query objects, which send themselves. */
export function isSubmittable(config: unknown): config is Submittable {
  return typeof config === 'object' && config !== null && 'submit' in config;
}

/** The text of settings, a query, a cursor or a stream, which has a cursor; empty where it says none. */
export function textOf(config: unknown): string {
  if (typeof config !== 'object' || config === null) return '';
  if ('text' in config && typeof config.text === 'string') return config.text;
  return 'cursor' in config ? textOf(config.cursor) : '';
}
