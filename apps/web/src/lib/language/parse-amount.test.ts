import { expect, it } from 'vitest';
import { parseAmount } from './parse-amount.ts';

it.each([
  ['1 234,56 €', 1234.56],
  ['1\u202f234\u00a0€', 1234],
  ['1.234.567,89', 1234567.89],
  ['1,234,567.89', 1234567.89],
  ['12,5', 12.5],
  ['12.5', 12.5],
  ['1.234', 1234],
  ['1,234', 1.23],
  ['60 M€', 60_000_000],
  ['1,5 Md', 1_500_000_000],
  ['250k', 250_000],
  ['6.0E7', 60_000_000],
  ['0', 0],
])('reads %s as somebody French means it', (typed, amount) => {
  expect(parseAmount(typed, ',')).toBe(amount);
});

it.each([
  ['1,234', 1234],
  ['1.234', 1.23],
  ['1,234.5', 1234.5],
  ['12,5', 12.5],
])('reads %s as somebody English means it', (typed, amount) => {
  expect(parseAmount(typed, '.')).toBe(amount);
});

it.each(['', 'a lot', '12 apples', '-5', '1e400', ',', '€'])('takes %j for no amount', (typed) => {
  expect(parseAmount(typed, ',')).toBeNull();
});
