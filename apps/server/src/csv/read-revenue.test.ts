import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRevenue } from './read-revenue.ts';

describe('readRevenue', () => {
  it.each([
    ['6.0E7', 60_000_000],
    ['8.48E10', 84_800_000_000],
    ['8,48E+10', 84_800_000_000],
    ['1.234e3', 1234],
    ['60000000', 60_000_000],
    ['1 234 567,89 €', 1_234_567.89],
    ['1\u202F234\u202F567,89\u00A0€', 1_234_567.89],
    ['1,234,567.89', 1_234_567.89],
    ['1,234,567', 1_234_567],
    ['1.234.567,89', 1_234_567.89],
    ['1.234.567', 1_234_567],
    ["1'234’567.50", 1_234_567.5],
    ['€1,000.50', 1000.5],
    ['EUR 12', 12],
    ['12 euros', 12],
    ['60 M€', 60_000_000],
    ['1,1 M€', 1_100_000],
    ['2,5Md€', 2_500_000_000],
    ['350 k€', 350_000],
    ['0,123', 0.123],
    ['1234.567', 1234.567],
    ['1,5', 1.5],
    ['007', 7],
    ['-12,5', -12.5],
    ['−12', -12],
    ['-0', 0],
    ['1e99', 1e99],
  ])('%s is %d', (cell, value) => {
    expect(readRevenue(cell)).toEqual({ ok: true, value });
  });

  it.each(['', '  ', '\u00A0'])('a blank cell is none', (cell) => {
    expect(readRevenue(cell)).toEqual({ ok: true, value: null });
  });

  it.each(['1,234', '1.234', '999,999', '12.345 €', '1,234 M€'])('%s may be two numbers', (cell) => {
    expect(readRevenue(cell)).toEqual({ ok: false, code: 'ambiguous_number' });
  });

  it.each([
    'n/a',
    '$5',
    '5 USD',
    '60 M',
    '1 23',
    '12 34 567',
    '1,23,456.7',
    '1.2.3',
    '1,234.567,8',
    '5-6',
    '1e999',
    'Infinity',
    'NaN',
    '0x10',
    ',5',
    '5,',
    '--5',
    '1'.repeat(400),
  ])('%s is no amount in euros', (cell) => {
    expect(readRevenue(cell)).toEqual({ ok: false, code: 'invalid_number' });
  });

  it('reads every amount as French and English people and programs write it', () => {
    // Cents need a decimal part to tell 1,234 from 1.234.
    const amount = fc.integer({ min: 0, max: 999_999_999_999 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(amount, (value) => {
        const money = (locale: string) =>
          value.toLocaleString(locale, { style: 'currency', currency: 'EUR', currencyDisplay: 'symbol' });
        for (const cell of [
          String(value),
          value.toExponential(),
          money('fr-FR'),
          money('de-DE'),
          money('en-IE'),
        ]) {
          expect({ cell, ...readRevenue(cell) }).toEqual({ cell, ok: true, value });
        }
      }),
    );
  });

  it('answers at once to a cell made to keep it busy', () => {
    const start = performance.now();
    for (const cell of [`1${' '.repeat(1e6)}x`, `1${',1'.repeat(5e5)}x`, '1 '.repeat(5e5)]) readRevenue(cell);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
