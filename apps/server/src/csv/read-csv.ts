import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { CsvError } from './csv-error.ts';
import { decodeText } from './decode-text.ts';
import { unguardFormula } from './formula-guard.ts';
import { type ParsedRow, parseRows } from './parse-rows.ts';
import { findSeparator } from './separator.ts';

export const maxColumns = 500;

/** Why a row cannot be trusted to say what its columns say. */
type CsvFault = 'too_few_cells' | 'too_many_cells' | 'stray_quote';

export type CsvRow = {
  /** The line of the file where the row begins; the file's first line is 1, line breaks in quoted cells count. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault: CsvFault | null;
};

export type CsvFile = AsyncDisposable & {
  readonly separator: string;
  /** The first row that is not blank; never empty, at most 500 names, which may be blank or equal. */
  readonly header: CsvRow;
  /** The rows under it, to be walked once. Rows whose every cell is blank are left out. */
  readonly rows: AsyncGenerator<CsvRow, void, undefined>;
};

/**
 * Opens a CSV file by its path, or a stream of its bytes, and reads it as far as the header; `rows` streams the
 * rest with memory that does not grow with the file. Encoding, byte order mark, `sep=;` of Excel and separator are
 * found. Cells are as in the file, not trimmed; only an apostrophe before a formula is taken off. A row with a
 * `fault` still has its cells, so that it can be rejected alone; blank cells beyond the header are no fault.
 *
 * ```ts
 * await using csv = await readCsv('accounts.csv');
 * for await (const { line, cells, fault } of csv.rows) …
 * ```
 *
 * Disposing closes a file opened by path. A stream is left to its owner, so that a request can still be answered.
 * Throws `CsvError`, from here and from `rows`; what the file system says (ENOENT) is thrown as it is.
 */
export async function readCsv(source: string | Readable): Promise<CsvFile> {
  const bytes =
    typeof source === 'string' ? createReadStream(source) : source.iterator({ destroyOnReturn: false });
  const text = decodeText(bytes);
  const start = await text.next();
  if (start.done) throw new CsvError({ code: 'empty_file' });
  const second = await text.next();
  const head = second.done ? start.value : start.value + second.value;
  const told = /^"?sep=(.)"?(?:\r\n|\n|\r)/i.exec(head);
  const separator = told?.[1] ?? findSeparator(head, second.done === true);
  const rest = following(told ? head.slice(told[0].length) : head, text);
  const parsed = parseRows(rest, separator, told ? 2 : 1);
  try {
    const header = await readHeader(parsed);
    const rows = readRows(parsed, header.cells.length);
    return { separator, header, rows, [Symbol.asyncDispose]: () => parsed.return().then(() => undefined) };
  } catch (error) {
    await parsed.return();
    throw error;
  }
}

async function* following(
  head: string,
  text: AsyncGenerator<string, void>,
): AsyncGenerator<string, void, undefined> {
  try {
    yield head;
    yield* text;
  } finally {
    await text.return();
  }
}

async function readHeader(parsed: AsyncGenerator<ParsedRow, void>): Promise<CsvRow> {
  for (;;) {
    const next = await parsed.next();
    if (next.done) throw new CsvError({ code: 'empty_file' });
    if (next.value.cells.every(isBlank)) continue;
    const { line, cells } = next.value;
    while (isBlank(cells.at(-1) ?? '')) cells.pop();
    if (cells.length > maxColumns) {
      throw new CsvError({ code: 'too_many_columns', columns: cells.length, limit: maxColumns });
    }
    return { line, cells: cells.map(unguardFormula), fault: null };
  }
}

async function* readRows(
  parsed: AsyncGenerator<ParsedRow, void>,
  width: number,
): AsyncGenerator<CsvRow, void, undefined> {
  for await (const { line, cells, strayQuote } of parsed) {
    if (cells.every(isBlank)) continue;
    while (cells.length > width && isBlank(cells.at(-1) ?? '')) cells.pop();
    const fault = strayQuote ? 'stray_quote' : raggedness(cells.length, width);
    yield { line, cells: cells.map(unguardFormula), fault };
  }
}

function raggedness(cells: number, width: number): CsvFault | null {
  if (cells === width) return null;
  return cells < width ? 'too_few_cells' : 'too_many_cells';
}

function isBlank(cell: string): boolean {
  return cell.trim() === '';
}
