import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CsvError } from './csv-error.ts';
import { maxRowBytes } from './parse-rows.ts';
import { maxColumns, readCsv } from './read-csv.ts';
import { readAll, rowsOf } from './testing/read-all.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vif-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('rows', () => {
  it('name the line of the file where they begin, whatever the line ends', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a,b', '1,2', '', '"two', 'lines",3', '"a', '', 'b",4', '5,6', ''].join(end);
      const { rows } = await readAll(text);
      expect(rows.map(({ line, cells }) => [line, cells[1]])).toEqual([
        [2, '2'],
        [4, '3'],
        [6, '4'],
        [9, '6'],
      ]);
    }
  });

  it('may end in different ways in one file', async () => {
    const { rows } = await readAll('a,b\r\n1,2\n3,4\r5,6');
    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '5', '6'],
    ]);
  });

  it('are left out when every cell is blank', async () => {
    const { rows } = await readAll('\n\na;b\n;\n  \n1;2\n"";" "\n');
    expect(rows).toEqual([{ line: 6, cells: ['1', '2'], fault: null }]);
  });

  it('are marked and kept when they are not as wide as the header', async () => {
    const { rows } = await readAll('a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n');
    expect(rows.map(({ line, cells, fault }) => [line, cells.length, fault])).toEqual([
      [2, 3, null],
      [3, 2, 'too_few_cells'],
      [4, 4, 'too_many_cells'],
      [5, 3, null],
    ]);
  });

  it('are marked when a quoted cell goes on after its end, for it may have swallowed rows', async () => {
    const { rows } = await readAll('a,b\n1,"open\n2,x\n3,close" y\n"""Q""",4\n"5"" wide",5\n');
    expect(rows.map(({ line, cells, fault }) => [line, cells.length, fault])).toEqual([
      [2, 2, 'stray_quote'],
      [5, 2, null],
      [6, 2, null],
    ]);
  });

  it('keep quotation marks inside an unquoted cell', async () => {
    const { rows } = await readAll(`a,b\n3.5" disk,37°36'37.8"N\n`);
    expect(rows).toEqual([{ line: 2, cells: ['3.5" disk', `37°36'37.8"N`], fault: null }]);
  });

  it('lose the apostrophe that guarded a formula, and no other', async () => {
    const { rows } = await readAll(`'=h,b\n'+33 1 23,'tis\n`);
    expect(rows[0]?.cells).toEqual(['+33 1 23', "'tis"]);
  });

  it('come before the fault that ends the file', async () => {
    const csv = await readCsv(Readable.from([Buffer.from('a,b\n1,2\n"3,4\n5,6\n')]));
    const lines: number[] = [];
    const reading = (async () => {
      for await (const { line } of csv.rows) lines.push(line);
    })();
    await expect(reading).rejects.toMatchObject({ problem: { code: 'quote_not_closed', line: 3 } });
    expect(lines).toEqual([2]);
  });
});

describe('header', () => {
  it('is under the line in which Excel names the separator', async () => {
    const { separator, header, rows } = await readAll('\uFEFFsep=:\r\na:b,c\r\n1:2,3\r\n');
    expect({ separator, header }).toEqual({ separator: ':', header: ['a', 'b,c'] });
    expect(rows).toEqual([{ line: 3, cells: ['1', '2,3'], fault: null }]);
  });

  it('loses blank names at its end and keeps the others', async () => {
    expect((await readAll('a,,b,b,,\n1,2,3,4,,\n')).header).toEqual(['a', '', 'b', 'b']);
  });

  it('has a bound', async () => {
    const names = Array.from({ length: maxColumns + 1 }, (_, at) => `c${at}`);
    expect((await readAll(names.slice(1).join())).header).toHaveLength(maxColumns);
    await expect(readAll(names.join())).rejects.toMatchObject({
      problem: { code: 'too_many_columns', columns: maxColumns + 1, limit: maxColumns },
    });
  });
});

describe('a file that is refused', () => {
  const cases: Record<string, [string | Uint8Array, object]> = {
    'nothing at all': ['', { code: 'empty_file' }],
    'a byte order mark alone': ['\uFEFF', { code: 'empty_file' }],
    'blank lines alone': ['\n \n\t\n', { code: 'empty_file' }],
    'the separator alone': ['sep=;\n', { code: 'empty_file' }],
    'a quotation mark that is never closed': ['a,b\n1,"2\n3,4', { code: 'quote_not_closed', line: 2 }],
    'a row without end': [
      `a,b\n1,2\n"${'x\n'.repeat(maxRowBytes)}`,
      { code: 'row_too_long', line: 3, limit: maxRowBytes },
    ],
    '.xlsx': [
      'PK\u0003\u0004\u0014\0\u0006\0……[Content_Types].xml',
      { code: 'not_csv', kind: 'spreadsheet' },
    ],
    '.xls': [Buffer.from('d0cf11e0a1b11ae10000', 'hex'), { code: 'not_csv', kind: 'spreadsheet' }],
    '.zip': ['PK\u0003\u0004\u0014\0accounts.csv', { code: 'not_csv', kind: 'archive' }],
    '.gz': [Buffer.from('1f8b080000', 'hex'), { code: 'not_csv', kind: 'archive' }],
    '.pdf': ['%PDF-1.7\nname,city\n', { code: 'not_csv', kind: 'pdf' }],
    'a web page that is called .xls': ['\uFEFF <table><tr><td>Name', { code: 'not_csv', kind: 'web_page' }],
    'a picture': [
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      { code: 'not_csv', kind: 'binary' },
    ],
    'a NUL in the middle': [
      `a,b\n${'1,2\n'.repeat(50_000)}3,\0\n`,
      { code: 'not_csv', kind: 'binary', line: 50_002 },
    ],
    'a mark of UTF-8 before another encoding': [
      Buffer.concat([Buffer.from('\uFEFFa,b\r\n1,2\r\n'), Buffer.from([0xe9])]),
      { code: 'invalid_encoding', encoding: 'utf-8', line: 3 },
    ],
    'UTF-16 that ends in half a character': [
      Buffer.concat([Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), Buffer.from([0x31])]),
      { code: 'invalid_encoding', encoding: 'utf-16le', line: 3 },
    ],
  };
  it.each(Object.entries(cases))('%s', async (_, [content, problem]) => {
    const error = await readAll(content).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CsvError);
    expect(error).toMatchObject({ problem });
  });
});

describe('the source', () => {
  it('is a path, and what the file system says comes through', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, 'a\n1\n');
    await using csv = await readCsv(path);
    expect(await rowsOf(csv)).toEqual([{ line: 2, cells: ['1'], fault: null }]);
    await expect(readCsv(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is left open when it is a stream, whatever became of it', async () => {
    const content = Buffer.from(`a,b\n${`1,${'2'.repeat(4000)}\n`.repeat(1000)}`);
    const request = () => Readable.from([content.subarray(0, 2_500_000), content.subarray(2_500_000)]);
    const unread = request();
    await (await readCsv(unread))[Symbol.asyncDispose]();
    expect(unread.destroyed).toBe(false);

    const refused = Readable.from([Buffer.from('%PDF-1.7'), content, content]);
    await expect(readCsv(refused)).rejects.toBeInstanceOf(CsvError);
    expect(refused.destroyed).toBe(false);
  });

  it('passes its own fault on', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from(`a,b\n${`1,${'2'.repeat(4000)}\n`.repeat(1000)}`);
        throw new Error('connection lost');
      })(),
    );
    await using csv = await readCsv(broken);
    await expect(rowsOf(csv)).rejects.toThrow('connection lost');
  });
});
