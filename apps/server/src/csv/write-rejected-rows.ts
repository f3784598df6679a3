import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { guardFormula } from './formula-guard.ts';

export type RejectedRow = {
  readonly line: number;
  /** Why, in the reader's language. */
  readonly reason: string;
  readonly cells: readonly string[];
};

const added = ['line', 'reason'];

/**
 * Writes the rows that were not taken to a CSV file, to be mended in a spreadsheet and imported again: the file's
 * own columns, then `line` and `reason`; UTF-8 with a byte order mark, as Excel asks; cells that begin like a
 * formula are guarded, and `readCsv` gives them back as they were. The file is readable by its owner alone and
 * appears when it is complete. Columns that an earlier import added are replaced, not repeated.
 */
export async function writeRejectedRows(
  path: string,
  header: readonly string[],
  rows: Iterable<RejectedRow> | AsyncIterable<RejectedRow>,
  options: { readonly separator?: string } = {},
): Promise<void> {
  const again = added.every((name, at) => header.at(at - added.length) === name);
  const width = again ? header.length - added.length : header.length;
  const unfinished = `${path}.unfinished`;
  try {
    await pipeline(
      Readable.from(records(header, rows, width)),
      stringify({
        bom: true,
        delimiter: options.separator ?? ',',
        record_delimiter: 'windows',
        // Without it a line break that is not CR LF would stand unquoted.
        quoted_match: /[\r\n]/,
      }),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* records(
  header: readonly string[],
  rows: Iterable<RejectedRow> | AsyncIterable<RejectedRow>,
  width: number,
): AsyncGenerator<string[], void, undefined> {
  yield [...header.slice(0, width), ...added].map(guardFormula);
  for await (const { line, reason, cells } of rows) {
    const own = Array.from({ length: width }, (_, at) => cells[at] ?? '');
    // Cells beyond the header keep standing beyond it, and so does the row's fault.
    yield [...own, String(line), reason, ...cells.slice(header.length)].map(guardFormula);
  }
}
