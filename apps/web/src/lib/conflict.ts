/** The fields of a form, by name. */
export type Fields = Record<string, unknown>;

/** A field that both changed: what it was when the edit began, what it is now, what one typed. */
export interface Conflict<F extends Fields> {
  readonly field: keyof F & string;
  readonly before: unknown;
  readonly theirs: unknown;
  readonly mine: unknown;
}

/**
 * A three-way comparison: the fields of `change` that somebody else changed too, to another value.
 * None means that `change` can be sent again upon the newer version without losing anything.
 * @example
 * conflicts({ city: 'Lyon', name: 'A' }, { city: 'Paris', name: 'B' }, { city: 'Nice' })
 * // [{ field: 'city', before: 'Lyon', theirs: 'Paris', mine: 'Nice' }]
 */
export function conflicts<F extends Fields>(before: F, theirs: F, change: Partial<F>): Conflict<F>[] {
  return Object.keys(change)
    .filter((field) => !same(before[field], theirs[field]) && !same(change[field], theirs[field]))
    .map((field) => ({ field, before: before[field], theirs: theirs[field], mine: change[field] }));
}

/** A form's blank and a record's null both mean none. */
export function same(a: unknown, b: unknown): boolean {
  return (a === '' ? null : (a ?? null)) === (b === '' ? null : (b ?? null));
}
