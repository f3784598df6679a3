import { finished } from 'node:stream/promises';
import { type Options, CsvError as ParserError, parse } from 'csv-parse';
import { countLineBreaks } from './count-line-breaks.ts';
import { CsvError } from './csv-error.ts';

/** A row's longest form in the file, in bytes: room for 20,000 characters of notes and 100 other columns. */
export const maxRowBytes = 1 << 20;

/** Quotes as in RFC 4180; a quotation mark inside an unquoted cell (`3.5" disk`) is text, as spreadsheets read it. */
export const dialect = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
} satisfies Options;

export type ParsedRow = {
  /** The line of the file where the row begins. */
  readonly line: number;
  readonly cells: string[];
  /** A quoted cell went on after its closing mark (`"a"b`): it may have swallowed the rows up to there. */
  readonly strayQuote: boolean;
};

/**
 * The rows of a CSV text, blank lines among them. Rows before a fault come out before it is thrown.
 * Throws `CsvError` `quote_not_closed` and `row_too_long`.
 */
export async function* parseRows(
  pieces: AsyncIterable<string>,
  separator: string,
  firstLine: number,
): AsyncGenerator<ParsedRow, void, undefined> {
  let line = firstLine;
  let rows: ParsedRow[] = [];
  const parser = parse({
    ...dialect,
    delimiter: separator,
    max_record_size: maxRowBytes,
    raw: true,
    // Rows are taken here, where they are parsed, and not from the stream, which drops them when it meets a fault.
    on_record: (taken: unknown) => {
      const { record, raw } = taken as { record: string[]; raw: string }; // what `raw: true` makes of it; its type says string[]
      rows.push({ line, cells: record, strayQuote: hasStrayQuote(record, raw) });
      // Every row is the first one: for one of another width than the first the parser would make an error that nobody
      // sees, a copy of the row in it. 100,000 blank lines held the event loop for 1.2 s so, 0.03 s without.
      info.records = 0;
      line += 1 + record.reduce((breaks, cell) => breaks + countLineBreaks(cell), 0);
      return null;
    },
  });
  // Each fault also comes to the callback of the write that met it.
  parser.on('error', () => undefined);
  const info: { records: number } = parser.info; // read-only to others by its type alone

  try {
    for await (const piece of pieces) {
      const fault = await new Promise<Error | null | undefined>((done) => parser.write(piece, done));
      yield* rows;
      rows = [];
      if (fault) throw translated(fault, line);
    }
    const fault = await finished(parser.resume().end()).catch((error: Error) => error);
    yield* rows;
    if (fault) throw translated(fault, line);
  } finally {
    parser.destroy();
  }
}

/**
 * The parser keeps the opening mark of a cell that it could not read as quoted: then its quoted form is not in the file.
 * Each form is looked for behind the one before, so that a row of many quoted cells is read through once: a megabyte of
 * them (half a megabyte of them) held the event loop for 11 s when each was looked for from the row's beginning.
 */
function hasStrayQuote(record: readonly string[], raw: string): boolean {
  let from = 0;
  for (const cell of record) {
    if (!cell.startsWith('"')) continue;
    const form = `"${cell.replaceAll('"', '""')}"`;
    const at = raw.indexOf(form, from);
    if (at === -1) return true;
    from = at + form.length;
  }
  return false;
}

function translated(fault: Error, line: number): Error {
  if (!(fault instanceof ParserError)) return fault;
  if (fault.code === 'CSV_QUOTE_NOT_CLOSED') return new CsvError({ code: 'quote_not_closed', line });
  if (fault.code === 'CSV_MAX_RECORD_SIZE')
    return new CsvError({ code: 'row_too_long', line, limit: maxRowBytes });
  return fault;
}
