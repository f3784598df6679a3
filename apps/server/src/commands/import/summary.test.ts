import { expect, it } from 'vitest';
import { summaryOf } from './summary.ts';
import { importTexts as english } from './texts.en.ts';

const remark = (line: number, reason: string) => ({ line, column: null, code: 'x', reason, cells: [] });
const answer = {
  rows: 1234,
  created: 1000,
  updated: 200,
  unchanged: 30,
  restored: 3,
  separator: ',',
  columns: [{ column: 'Nom\u001B[2J', field: 'name' }],
  header: [],
  rejected: [remark(2, 'no')],
  warnings: Array.from({ length: 30 }, (_, at) => remark(at, `hm \u202E${at}`)),
  warningTotal: 45,
};

it('says how many became what, the first warnings, and that nothing will be recognised again', () => {
  expect(summaryOf(answer, english, 'en')).toEqual([
    'Columns:',
    '  Nom [2J  name',
    '1,234 rows',
    '1,000 created',
    '  200 updated',
    '   30 unchanged',
    '    3 restored from the bin',
    '    1 rejected',
    '   45 warnings',
    ...Array.from({ length: 20 }, (_, at) => `Line ${at}: hm  ${at}`),
    '… and 25 more warnings',
    'No column holds an external id: importing this file again would create all of it once more.',
  ]);
});
