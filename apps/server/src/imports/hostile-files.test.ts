import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCsv, sendCsv } from '../testing/send-csv.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

const total = async () => (await admin.ask('/api/v1/organisations/count')).json<{ total: number }>().total;
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

const hostile = [
  `'); drop table data.organisations; --`,
  '${process.env.PATH} {{7*7}} <%= 1 %>',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '=cmd|" /C calc"!A0',
  '@SUM(1+1)',
  '+33 6 12 34 56 78',
  '-2+3',
  'a"b\nc\td',
  '\u202Egnp.exe',
  '\\x27 \\u0000 %00 %s $1',
  '{"a": [null]}',
  'NULL',
];

describe('text', () => {
  it('that means something elsewhere is kept as the text it is', async () => {
    const head = 'ID,Name,Category,Notes,Address,City';
    const lines = hostile.map((text, at) =>
      [`h${at}`, ...Array.from({ length: 5 }, () => text)].map(quoted).join(','),
    );
    const answer = await importCsv(admin, 'organisations', [head, ...lines]);
    expect(answer).toMatchObject({ created: hostile.length, rejected: [], warnings: [] });
    const { rows } = await vif.database.owner.query<Record<string, string>>(
      'select name, category, notes, address, city from data.organisations order by substr(external_id, 2)::int',
    );
    expect(rows).toEqual(
      hostile.map((text) => ({ name: text, category: text, notes: text, address: text, city: text })),
    );
    const again = await importCsv(admin, 'organisations', [head, ...lines]);
    expect(again).toMatchObject({ unchanged: hostile.length });
  });

  it('that names a prototype is a column like any other', async () => {
    const answer = await importCsv(admin, 'organisations', [
      'Name,__proto__,constructor,toString',
      'Proto,a,b,c',
    ]);
    expect(answer).toMatchObject({ created: 1 });
    expect(answer.columns.slice(1).map(({ field }) => field)).toEqual([null, null, null]);
  });

  it('that cannot be stored rejects its row alone', async () => {
    const answer = await importCsv(admin, 'organisations', [
      'Name',
      'Control \u0007',
      'Fine',
      'x'.repeat(201),
    ]);
    expect(answer).toMatchObject({ created: 1 });
    expect(answer.rejected.map(({ line, code }) => [line, code])).toEqual([
      [2, 'control_characters'],
      [4, 'too_big'],
    ]);
  });
});

describe('a file', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['that is empty', '', /^The file is empty/],
    ['of blank lines', '\n \n\n', /^The file is empty/],
    ['that is a spreadsheet', Buffer.from('504b0304140006000800000021', 'hex'), /^This is an archive/],
    ['of random bytes', Buffer.from([0, 1, 2, 250, 0, 255, 3, 0, 0, 7]), /^This is not a text file/],
    ['without a header', '1,2\n3,4', /^No column holds the organisation’s name/],
    [
      'with a cell of 2 MB',
      `Name,Notes\nBig,"${'x'.repeat(2_000_000)}"`,
      /^The row at line 2 is longer than 1024 kB/,
    ],
    [
      'with a quotation mark that is never closed',
      'Name\nFine\n"Open\nend',
      /opened in the row at line 3 is never/,
    ],
    ['of 1,000 columns', `Name,${'x,'.repeat(1000)}y\nA`, /has 1002 columns; at most 500/],
  ])('%s is refused with a sentence', async (_, csv, sentence) => {
    const before = await total();
    const answer = await sendCsv(admin, 'organisations', csv);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_csv']);
    expect(answer.json().detail).toMatch(sentence);
    expect(answer.json().detail).toMatch(/ Nothing was imported\.$/);
    expect(await total()).toBe(before);
    expect(await readdir(vif.uploadFolder)).toEqual([]);
  });

  it('is refused in French to a French reader', async () => {
    const answer = await sendCsv(admin, 'people', 'ID\n1', { language: 'fr-FR' });
    expect(answer.json().detail).toMatch(
      /^Aucune colonne ne contient le nom de famille de la personne\. Nommez-en une : Last Name, .* Rien n’a été importé\.$/,
    );
  });

  it('of another type, or none, is not read', async () => {
    for (const [body, type] of [
      ['{"name":"x"}', 'application/json'],
      ['Name\nx', 'text/plain'],
      ['PK', 'application/zip'],
    ] as const) {
      const answer = await admin.ask('/api/v1/organisations/import', {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      expect([answer.statusCode, answer.json().code], type).toEqual([415, 'unsupported_type']);
    }
    const bare = await admin.ask('/api/v1/organisations/import', { method: 'POST' });
    expect(bare.json().code).toBe('unsupported_type');
  });

  it('whose rows are all at fault is refused as a whole past 10,000 of them', async () => {
    const before = await total();
    const bad = (rows: number) => [
      'Name,Email',
      ...Array.from({ length: rows }, () => 'Bad,not an e-mail'),
      'Good,',
    ];
    const answer = await sendCsv(admin, 'organisations', bad(10_001));
    expect(answer.json()).toMatchObject({ code: 'invalid_csv' });
    expect(answer.json().detail).toMatch(
      /^More than 10,000 rows cannot be taken.* line 2: This is not an e-mail address/,
    );
    expect(await total()).toBe(before);
    const taken = await importCsv(admin, 'organisations', bad(10_000));
    expect(taken.created).toBe(1);
    expect(taken.rejected).toHaveLength(10_000);
  });

  it('with more than 10,000 warnings tells the first and counts all', async () => {
    const lines = Array.from({ length: 10_050 }, (_, at) => `Warned ${at},Atlantis`);
    const answer = await importCsv(admin, 'organisations', ['Name,Country', ...lines]);
    expect(answer).toMatchObject({ created: 10_050, warningTotal: 10_050 });
    expect(answer.warnings).toHaveLength(10_000);
  });
});
