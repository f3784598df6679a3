import { Readable } from 'node:stream';
import { type CsvFile, type CsvRow, readCsv } from '../read-csv.ts';

/** A whole small file by its bytes, given in the pieces told. */
export async function readAll(
  ...pieces: readonly (string | Uint8Array)[]
): Promise<{ separator: string; header: readonly string[]; rows: readonly CsvRow[] }> {
  await using csv = await readCsv(Readable.from(pieces.map((piece) => Buffer.from(piece))));
  return { separator: csv.separator, header: csv.header.cells, rows: await rowsOf(csv) };
}

/** All rows of a file, in memory. */
export async function rowsOf({ rows }: CsvFile): Promise<readonly CsvRow[]> {
  const all: CsvRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** Each row's cells by the header's names, as JSON would have them. */
export function asObjects({ header, rows }: Awaited<ReturnType<typeof readAll>>): Record<string, string>[] {
  return rows.map(({ cells }) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}
