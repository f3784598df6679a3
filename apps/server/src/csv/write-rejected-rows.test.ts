import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mapColumns } from './map-columns.ts';
import { organisationColumns } from './organisation-columns.ts';
import { readCsv } from './read-csv.ts';
import { readAll, rowsOf } from './testing/read-all.ts';
import { writeRejectedRows } from './write-rejected-rows.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vif-rejected-'));
});
afterAll(() => rm(folder, { recursive: true }));

const header = ['Nom', '=cmd', 'Téléphone'];

it('writes what a spreadsheet opens and runs nothing of', async () => {
  const path = join(folder, 'opened.csv');
  const rows = [{ line: 7, reason: 'Numéro impossible', cells: ['L’Été', '@SUM(1;2)', '+33 1'] }];
  await writeRejectedRows(path, header, rows, { separator: ';' });
  expect(await readFile(path, 'utf8')).toBe(
    "\uFEFFNom;'=cmd;Téléphone;line;reason\r\nL’Été;\"'@SUM(1;2)\";'+33 1;7;Numéro impossible\r\n",
  );
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('gives every cell back when it is imported again, and again', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=1+1', "'=", '-5', 'a;"b"', 'x\ny', '\r', 'é'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.array(
          cell.map((text) => text.replaceAll('\0', '')),
          { minLength: 3, maxLength: 3 },
        ),
        { maxLength: 5 },
      ),
      fc.constantFrom(',', ';', '\t'),
      async (tables, separator) => {
        const path = join(folder, 'again.csv');
        const rows = tables.map((cells, at) => ({
          line: at + 2,
          reason: 'why',
          cells: ['name', ...cells.slice(1)],
        }));
        await writeRejectedRows(path, header, rows, { separator });
        await using once = await readCsv(path);
        const read = await rowsOf(once);
        expect(once.header.cells).toEqual([...header, 'line', 'reason']);
        expect(read.map(({ cells }) => cells)).toEqual(
          rows.map(({ cells, line }) => [...cells, `${line}`, 'why']),
        );

        // Rejected once more: the columns of the first time are replaced.
        const more = read.map(({ cells }) => ({ line: 99, reason: 'still', cells }));
        await writeRejectedRows(path, once.header.cells, more, { separator });
        const twice = await readAll(await readFile(path));
        expect(twice.header).toEqual(once.header.cells);
        expect(twice.rows.map(({ cells }) => cells)).toEqual(
          rows.map(({ cells }) => [...cells, '99', 'still']),
        );
      },
    ),
    { numRuns: 100 },
  );
});

it('keeps a row of the wrong width readable', async () => {
  const path = join(folder, 'ragged.csv');
  await writeRejectedRows(
    path,
    ['a', 'b'],
    [
      { line: 2, reason: 'short', cells: ['1'] },
      { line: 3, reason: 'long', cells: ['1', '2', '3', '4'] },
    ],
  );
  const read = await readAll(await readFile(path));
  expect(read.rows.map(({ cells, fault }) => [fault, ...cells])).toEqual([
    [null, '1', '', '2', 'short'],
    ['too_many_cells', '1', '2', '3', 'long', '3', '4'],
  ]);
});

it('adds columns that an import does not take for fields', async () => {
  const path = join(folder, 'mapped.csv');
  await writeRejectedRows(path, ['Nom'], [{ line: 2, reason: 'why', cells: ['Vif'] }]);
  const { header: names, rows } = await readAll(await readFile(path));
  expect(rows.map(({ cells }) => mapColumns(names, organisationColumns).values(cells))).toEqual([
    { name: 'Vif' },
  ]);
});

it('leaves nothing behind when it cannot finish', async () => {
  const path = join(folder, 'broken.csv');
  async function* failing() {
    yield { line: 2, reason: 'why', cells: ['a'] };
    throw new Error('gone');
  }
  await expect(writeRejectedRows(path, ['a'], failing())).rejects.toThrow('gone');
  expect((await readdir(folder)).filter((name) => name.startsWith('broken'))).toEqual([]);
});
