import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeRejectedFile } from './rejected-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vif-rejected-'));
});
afterEach(() => rm(folder, { recursive: true }));

const answer = {
  rows: 1,
  created: 0,
  updated: 0,
  unchanged: 0,
  restored: 0,
  separator: ';',
  columns: [],
  header: ['Nom', 'CA'],
  rejected: [
    { line: 2, column: 'CA', code: 'invalid_number', reason: 'pas un montant', cells: ['=Vif', 'x'] },
  ],
  warnings: [],
  warningTotal: 0,
};
const write = async (name: string) => basename(await writeRejectedFile(join(folder, name), answer));

it('stands beside the file, with the reason and the file’s separator', async () => {
  expect(await write('comptes.CSV')).toBe('comptes.rejected.csv');
  expect(await readFile(join(folder, 'comptes.rejected.csv'), 'utf8')).toBe(
    "\uFEFFNom;CA;line;reason\r\n'=Vif;x;2;CA: pas un montant\r\n",
  );
});

it('never overwrites another file, nor a folder, nor the file it is made from', async () => {
  await writeFile(join(folder, 'a.rejected.csv'), 'precious');
  await mkdir(join(folder, 'a.rejected-2.csv'));
  expect(await write('a.csv')).toBe('a.rejected-3.csv');
  expect(await write('a.rejected.csv')).toBe('a.rejected-4.csv');
  expect(await readFile(join(folder, 'a.rejected.csv'), 'utf8')).toBe('precious');
  const both = await Promise.all([write('b.csv'), write('b.csv')]);
  expect(both.toSorted()).toEqual(['b.rejected-2.csv', 'b.rejected.csv']);
  expect(await write('without-ending')).toBe('without-ending.rejected.csv');
});
