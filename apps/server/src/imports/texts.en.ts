import type { CsvProblem, OtherKind } from '../csv/csv-error.ts';

type Values = Readonly<Record<string, unknown>>;
export type CsvSentences = {
  readonly [C in CsvProblem['code']]: (problem: Extract<CsvProblem, { code: C }>) => string;
};

const kinds: Record<OtherKind, string> = {
  spreadsheet: 'This is a spreadsheet: save it as CSV in your spreadsheet program and import that file.',
  pdf: 'This is a PDF document: export the data as CSV and import that file.',
  archive: 'This is an archive: unpack it and import the CSV file in it.',
  web_page: 'This is a web page: export the data as CSV and import that file.',
  binary: 'This is not a text file: export the data as CSV and import that file.',
};

const required: Record<string, string> = {
  name: 'the organisation’s name',
  lastName: 'the person’s last name',
};

/** Why a file cannot be imported at all. */
export const csvProblems: CsvSentences = {
  empty_file: () => 'The file is empty.',
  not_csv: ({ kind, line }) => (line > 1 ? `Line ${line} holds bytes that are no text.` : kinds[kind]),
  invalid_encoding: ({ encoding, line }) =>
    `Line ${line} holds bytes that are no ${encoding}, which the rest of the file is in: save it as UTF-8.`,
  quote_not_closed: ({ line }) => `The quotation mark opened in the row at line ${line} is never closed.`,
  row_too_long: ({ line, limit }) =>
    `The row at line ${line} is longer than ${limit / 1024} kB; most often a quotation mark is not closed there.`,
  too_many_columns: ({ columns, limit }) => `The file has ${columns} columns; at most ${limit} are taken.`,
  missing_column: ({ field, spellings }) =>
    `No column holds ${required[field] ?? field}. Call one of them: ${spellings.join(', ')}.`,
};

/** Why a file that can be read is not imported. */
export const refusals = {
  interrupted: () => 'The upload was interrupted.',
  too_many_rows: ({ limit }: Values) =>
    `The file has more than ${Number(limit).toLocaleString('en')} rows: split it and import the parts.`,
  too_many_rejected: ({ limit, line, reason }: Values) =>
    `More than ${Number(limit).toLocaleString('en')} rows cannot be taken, so something is wrong with the file as a whole. The first, line ${String(line)}: ${String(reason)}.`,
  too_much_rejected: ({ line, reason }: Values) =>
    `Too much of the file cannot be taken. The first, line ${String(line)}: ${String(reason)}.`,
};

/** Why a row was not taken, or with what remark it was. */
export const remarks = {
  too_few_cells: () => 'The row has fewer cells than the header',
  too_many_cells: () => 'The row has more cells than the header',
  stray_quote: () => 'A quotation mark stands inside a quoted cell',
  invalid_number: ({ value }: Values) => `“${String(value)}” is not an amount in euros`,
  ambiguous_number: ({ value }: Values) =>
    `“${String(value)}” may be thousands or decimals: write 1234 or 1.23`,
  invalid_flag: ({ value }: Values) => `“${String(value)}” is neither yes nor no`,
  duplicate_external_id: ({ value, line }: Values) =>
    `Line ${String(line)} has the same external id, “${String(value)}”`,
  not_owner: () => 'The record belongs to somebody else; your role may change only your own',
  impossible_phone: ({ value }: Values) =>
    `“${String(value)}” is not a possible phone number; it was kept as it is`,
  unknown_country: ({ value }: Values) => `“${String(value)}” is no country that is known; it was left out`,
  unknown_owner: ({ value }: Values) =>
    `“${String(value)}” is no member’s name or e-mail; the owner was left as it is`,
  ambiguous_owner: ({ value }: Values) =>
    `Several members are called “${String(value)}”; the owner was left as it is`,
  other_owner: ({ value }: Values) =>
    `Your role may import only records of your own; “${String(value)}” did not become the owner`,
  unknown_organisation: ({ value }: Values) =>
    `No organisation “${String(value)}” was found; no link was made`,
  ambiguous_organisation: ({ value }: Values) =>
    `Several organisations are called “${String(value)}”; no link was made`,
  binned_organisation: ({ value }: Values) => `The organisation “${String(value)}” is in the bin`,
};

/** The limit of a file's size. */
export const sizeLimit = '200 MB';
