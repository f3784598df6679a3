import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardFormula } from './formula-guard.ts';
import { readAll } from './testing/read-all.ts';

const awkward = [
  '"',
  '""',
  "'",
  "'=",
  '=',
  '\r\n',
  '\n',
  '\r',
  ' ',
  ';',
  ',',
  '\t',
  '|',
  'é',
  '€',
  '😀',
  'ʤ',
  '\uFEFF',
  'a',
  '1',
];
const cell = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...awkward) }, fc.string({ unit: 'grapheme' })), {
    maxLength: 6,
  })
  .map((parts) => parts.join('').replaceAll('\0', ''));
const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'é', '€'), minLength: 1, maxLength: 8 });

/** A table with a header of plain names and rows of anything, none of them blank. */
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) =>
    fc.tuple(
      fc.array(name, { minLength: width, maxLength: width }),
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
    ),
  )
  .map(([header, rows]) => ({
    header,
    rows: rows.filter((cells) => cells.some((text) => text.trim() !== '')),
  }));

function written(
  { header, rows }: { header: string[]; rows: string[][] },
  delimiter: string,
  end: 'unix' | 'windows',
) {
  return stringify([header, ...rows.map((cells) => cells.map(guardFormula))], {
    delimiter,
    record_delimiter: end,
    // csv-stringify leaves a line break alone that is not the one between its rows.
    quoted_match: /[\r\n]/,
  });
}

describe('what csv-stringify writes', () => {
  it('reads back equal, in any encoding and with the lines counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('unix' as const, 'windows' as const),
        fc.constantFrom('utf8', 'marked', 'utf16le', 'utf16be'),
        async (given, delimiter, end, encoding) => {
          // The separator is told, so that only reading is tested here; a table of one column has none to find.
          const text = `sep=${delimiter}\n${written(given, delimiter, end)}`;
          const read = await readAll(encoded(text, encoding));
          expect(read.header).toEqual(given.header);
          expect(read.rows.map(({ cells }) => cells)).toEqual(given.rows);
          expect(read.rows.filter(({ fault }) => fault)).toEqual([]);
          let line = 3;
          for (const row of read.rows) {
            expect(row.line).toBe(line);
            line += 1 + row.cells.join('x').split(/\r\n|\r|\n/).length - 1;
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

function encoded(text: string, encoding: string): Buffer {
  if (encoding === 'utf8') return Buffer.from(text);
  if (encoding === 'marked') return Buffer.from(`\uFEFF${text}`);
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return encoding === 'utf16le' ? bytes : bytes.swap16();
}

describe('the pieces in which the bytes arrive', () => {
  const text = 'Nom;Œuvre;Note\r\nÉric;"à ""l\'œil""\r\n😀";€\r\n\r\nZoë;ç;"a\nb"\r\n';
  const files: Record<string, Buffer> = {
    'UTF-8': Buffer.from(text),
    'UTF-8 with its mark': Buffer.from(`\uFEFF${text}`),
    'UTF-16LE with its mark': Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'UTF-16BE with its mark': Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    'UTF-16LE without': Buffer.from(text, 'utf16le'),
    'UTF-16BE without': Buffer.from(text, 'utf16le').swap16(),
  };
  it.each(Object.entries(files))('change nothing: %s', async (_, bytes) => {
    const whole = await readAll(bytes);
    expect(whole.header).toEqual(['Nom', 'Œuvre', 'Note']);
    expect(whole.rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, 'Éric', 'à "l\'œil"\r\n😀', '€'],
      [5, 'Zoë', 'ç', 'a\nb'],
    ]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
        expect(await readAll(...split(bytes, cuts))).toEqual(whole);
      }),
      { numRuns: 60 },
    );
    expect(await readAll(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });
});

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, at) => bytes.subarray(edges[at], edge));
}

describe('a file longer than what is read ahead', () => {
  it('is one file, whichever byte the pieces end at', async () => {
    // Rows of 7 to 13 bytes, so that edges of 64 KiB fall inside characters, line ends and quotes.
    const rows = Array.from({ length: 150_000 }, (_, at) => [`é${at}`, at % 3 ? '€' : '"\r\n']);
    const csv = stringify([['a', 'b'], ...rows], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });
    const read = await readAll(csv);
    expect(read.rows).toHaveLength(rows.length);
    expect(
      read.rows.every(
        ({ cells, fault }, at) => fault === null && cells[0] === rows[at]?.[0] && cells[1] === rows[at]?.[1],
      ),
    ).toBe(true);
    expect(read.rows.at(-1)?.line).toBe(1 + rows.length + Math.ceil((rows.length - 1) / 3));
  });
});
