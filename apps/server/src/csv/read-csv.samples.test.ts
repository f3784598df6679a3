import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asObjects, readAll } from './testing/read-all.ts';

/** Files that nobody here wrote, where somebody put them beside the repository; the cases below say the same. */
const samples = resolve(import.meta.dirname, '../../../../..', 'shared/data');
const absent = 'the folder shared/data is not beside the repository';

/** What each kind of file is for, its text, and its rows by the header's names. */
const cases: Record<string, { csv: string; rows: Record<string, string>[] }> = {
  'separators in quotes': {
    csv: 'first,zip,city\nAnne,08123,"Rennes, Bretagne"',
    rows: [{ first: 'Anne', zip: '08123', city: 'Rennes, Bretagne' }],
  },
  'empty cells, quoted': {
    csv: 'a,b,c\n1,"",""\n2,3,4',
    rows: [
      { a: '1', b: '', c: '' },
      { a: '2', b: '3', c: '4' },
    ],
  },
  'empty cells, CR LF': {
    csv: 'a,b\r\n1,""\r\n2,3',
    rows: [
      { a: '1', b: '' },
      { a: '2', b: '3' },
    ],
  },
  'quotes in quotes': {
    csv: 'a,b\n1,"ho ""ho"" ho"\n3,4\n',
    rows: [
      { a: '1', b: 'ho "ho" ho' },
      { a: '3', b: '4' },
    ],
  },
  'quotes at both ends': { csv: 'a,b\n"""Best"" one",x', rows: [{ a: '"Best" one', b: 'x' }] },
  'JSON in a cell': { csv: 'k,v\n1,"{""x"": [1.0, 0.5]}"\n', rows: [{ k: '1', v: '{"x": [1.0, 0.5]}' }] },
  'quotes in an unquoted cell': {
    csv: `p,q\n1,37\uFFFD36'37.8"N`,
    rows: [{ p: '1', q: `37\uFFFD36'37.8"N` }],
  },
  'line breaks in quotes': {
    csv: 'a,b\n"Il \nétait",5\n7,8\n',
    rows: [
      { a: 'Il \nétait', b: '5' },
      { a: '7', b: '8' },
    ],
  },
  'line breaks in quotes, CR LF': {
    csv: 'a,b\r\n"Il \r\nétait",5\r\n',
    rows: [{ a: 'Il \r\nétait', b: '5' }],
  },
  'quotes and line breaks': { csv: 'a,b\n1,"ho \n""ho"" \nho"\n', rows: [{ a: '1', b: 'ho \n"ho" \nho' }] },
  'nothing special': { csv: 'a,b,c\n1,2,3\n', rows: [{ a: '1', b: '2', c: '3' }] },
  'characters beyond Latin': { csv: 'a,b\n5,ʤ', rows: [{ a: '5', b: 'ʤ' }] },
  'a mark that does not separate': { csv: 'a,b!c\n1,2!3', rows: [{ a: '1', 'b!c': '2!3' }] },
};

describe('cases of the samples', () => {
  it.each(Object.entries(cases))('%s', async (_, { csv, rows }) => {
    expect(asObjects(await readAll(csv))).toEqual(rows);
    for (const encoding of ['utf16le', 'utf16be'] as const) {
      expect(asObjects(await readAll(utf16(`\uFEFF${csv}`, encoding)))).toEqual(rows);
    }
  });
});

function utf16(text: string, encoding: 'utf16le' | 'utf16be'): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf16le' ? bytes : bytes.swap16();
}

describe('csv-spectrum', () => {
  it('gives the JSON beside each of its files', async (context) => {
    const folder = join(samples, 'csv-spectrum');
    if (!existsSync(folder)) context.skip(absent);
    const names = (await readdir(join(folder, 'csvs'))).map((file) => file.replace('.csv', ''));
    expect(names).toHaveLength(12);
    for (const name of names) {
      let text = await readFile(join(folder, 'csvs', `${name}.csv`), 'utf8');
      // These copies went through a checkout that made every line end LF; their names and their JSON say CR LF.
      if (name.endsWith('_crlf')) text = text.replaceAll(/\r?\n/g, '\r\n');
      const json: unknown = JSON.parse(await readFile(join(folder, 'json', `${name}.json`), 'utf8'));
      const expected = [json].flat();
      // This JSON is an object instead of a list and has another telephone number than the file it belongs to.
      if (name === 'location_coordinates')
        Object.assign(Object(expected[0]), { 'Contact Phone Number': '2095257564' });
      expect({ [name]: asObjects(await readAll(text)) }).toEqual({ [name]: expected });
    }
  });
});

describe('csv-encodings', () => {
  it('reads each file, whatever its byte order mark and quotes', async (context) => {
    const folder = join(samples, 'csv-encodings');
    if (!existsSync(folder)) context.skip(absent);
    const read = async (file: string) => asObjects(await readAll(await readFile(join(folder, file))));
    const marked = [1, 2].map((row) => ({
      column1: `row${row}-1`,
      column2: `row${row}-2`,
      column3: `row${row}-3`,
    }));
    expect(await read('csvtext_BOM_UTF8.csv')).toEqual(marked);
    expect(await read('csvtext_BOM_UTF16LE.csv')).toEqual(marked);
    expect(await read('csvtext_BOM_UTF16BE.csv')).toEqual(marked);
    expect(await read('csvEscapedQuotes.csv')).toEqual([
      { column1: '"The Best" Account', column2: 'bla' },
      { column1: 'The "Best" Account', column2: 'bla' },
    ]);
    expect(await read('csvSeparator.csv')).toEqual([
      { column1: 'col11', 'column2!some': 'col12!somev1', column3: 'col13' },
      { column1: 'col21', 'column2!some': 'col22!somev2', column3: 'col23' },
    ]);
  });
});

describe('a Salesforce export', () => {
  it('has 423 organisations in 19 columns, none of them at fault', async (context) => {
    const file = join(samples, 'accounts.csv');
    if (!existsSync(file)) context.skip(absent);
    const { header, rows } = await readAll(await readFile(file));
    expect(header).toHaveLength(19);
    expect(rows).toHaveLength(423);
    expect(rows.filter(({ fault }) => fault !== null)).toEqual([]);
    expect(rows[0]).toMatchObject({ line: 2, cells: expect.arrayContaining(['Gravity Investments']) });
  });
});
