import { ApiProblem } from './api-problem.ts';
import { type Conflict, conflicts, type Fields } from './conflict.ts';

/** More than this many saves by others between two of our tries is not a person's pace. */
const tries = 5;

interface Versioned<F extends Fields, A> {
  /** The fields as they were when the edit began, and the version they belong to. */
  readonly before: F;
  readonly etag: string | undefined;
  /** The fields to change. */
  readonly change: Partial<F>;
  /** Sends them. */
  readonly send: (change: Partial<F>, etag: string | undefined) => Promise<A>;
  /** The fields of a record as the API answers it. */
  readonly fieldsOf: (record: unknown) => F;
  /** Asks the person; answers the fields where theirs shall stand, or undefined to leave it all unsaved. */
  readonly ask: (conflicts: Conflict<F>[]) => Promise<readonly string[] | undefined>;
}

/**
 * Saves a change so that nobody overwrites silently. When the record was changed meanwhile (412) and in
 * other fields only, the change goes upon the newer version by itself; when in the same fields, the person
 * chooses field by field. Answers undefined when they choose to go back to editing.
 * Throws what `send` throws, but for the 412.
 */
export async function saveVersioned<F extends Fields, A>(save: Versioned<F, A>): Promise<A | undefined> {
  let { before, etag, change } = save;
  for (let left = tries; ; left--) {
    try {
      return await save.send(change, etag);
    } catch (error) {
      const outdated = error instanceof ApiProblem && error.code === 'version_outdated';
      if (!outdated || error.current === undefined || left === 0) throw error;
      const theirs = save.fieldsOf(error.current);
      const both = conflicts(before, theirs, change);
      if (both.length > 0) {
        const givenUp = await save.ask(both);
        if (!givenUp) return undefined;
        change = without(change, givenUp);
      }
      before = theirs;
      etag = error.etag;
    }
  }
}

function without<F extends Fields>(change: Partial<F>, fields: readonly string[]): Partial<F> {
  const kept = Object.entries(change).filter(([field]) => !fields.includes(field));
  return Object.fromEntries(kept) as Partial<F>; // a part of a part of F
}
