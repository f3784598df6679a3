import { expect, it } from 'vitest';
import { parseText } from './parser.ts';

it('is made anew when a statement broke it, however often', async () => {
  const deep = `select ${'a+'.repeat(4_900)}a`;
  const unions = `select 1${' union all select 1'.repeat(550)}`;
  for (let time = 0; time < 80; time++) for (const text of [deep, unions]) attempt(text);
  await expect.poll(() => attempt('select 1')).toMatchObject({ stmts: [{}] });
  expect(() => parseText('selec 1')).toThrow('syntax error');
  expect(parseText('select 1').stmts).toHaveLength(1);
});

it('reads nothing that is longer than a statement is', () => {
  expect(() => parseText(`select ${'1,'.repeat(10_000)}1`)).toThrow('longer than is read');
});

function attempt(text: string): unknown {
  try {
    return parseText(text);
  } catch (error) {
    return error;
  }
}
