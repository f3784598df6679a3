/** What can be wrong with a CSV file as a whole; what is wrong with one row is a `CsvFault` or the importer's remark. */
export type CsvProblem =
  | { readonly code: 'empty_file' }
  /** Another kind of file; a spreadsheet must be saved as CSV first. `line` is where a NUL was found. */
  | { readonly code: 'not_csv'; readonly kind: OtherKind; readonly line: number }
  /** Bytes that are no text in the encoding that the rest of the file is in. */
  | { readonly code: 'invalid_encoding'; readonly encoding: string; readonly line: number }
  /** A quotation mark opened in the row that begins at `line` and the file ended. */
  | { readonly code: 'quote_not_closed'; readonly line: number }
  /** Most often a quotation mark that was opened and never closed. `limit` is in bytes. */
  | { readonly code: 'row_too_long'; readonly line: number; readonly limit: number }
  | { readonly code: 'too_many_columns'; readonly columns: number; readonly limit: number }
  /** No column of the header is spelled in a way that is known for a field no record can do without. */
  | { readonly code: 'missing_column'; readonly field: string; readonly spellings: readonly string[] };

export type OtherKind = 'spreadsheet' | 'pdf' | 'archive' | 'web_page' | 'binary';

/** A file that cannot be read as CSV. It carries a stable code and data; the sentence is the caller's, in the reader's language. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  readonly problem: CsvProblem;

  constructor(problem: CsvProblem) {
    super(problem.code);
    this.problem = problem;
  }
}
