/** What a cell says, or why nothing certain can be read in it. */
export type CellReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: 'invalid_number' | 'ambiguous_number' | 'invalid_flag' };
