import { expect, it } from 'vitest';
import { readAll } from './testing/read-all.ts';

/** Milliseconds of this process's own time, which a busy machine does not stretch. */
async function costOf<T>(work: () => Promise<T>): Promise<{ result: T; milliseconds: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}

const fillers: Record<string, string> = {
  'blank lines': '\n'.repeat(150_000),
  'blank lines of an old Mac': '\r'.repeat(150_000),
  'lines of a space': ' \n'.repeat(150_000),
  'rows of empty cells': ',,\n'.repeat(150_000),
};

it.each(Object.entries(fillers))('%s cost little', async (_, filler) => {
  const { result, milliseconds } = await costOf(() => readAll(`a,b\n1,2\n${filler}3,4\n`));
  expect(result.rows.map(({ line, cells }) => [line, cells])).toEqual([
    [2, ['1', '2']],
    [150_003, ['3', '4']],
  ]);
  expect(milliseconds).toBeLessThan(1500);
});

it('a row of many quoted cells is looked through once for stray quotation marks', async () => {
  const quoted = (at: number) => `"""${at.toString().padStart(7, '0')}""b"`;
  const row = Array.from({ length: 40_000 }, (_, at) => quoted(at)).join(',');
  const { result, milliseconds } = await costOf(() => readAll(`a,b\n${row}\n${row},"c"d\n`));
  expect(result.rows.map(({ fault }) => fault)).toEqual(['too_many_cells', 'stray_quote']);
  expect(milliseconds).toBeLessThan(3000);
});
