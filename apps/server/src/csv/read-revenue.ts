import type { CellReading } from './cell-reading.ts';

/** Nobody's revenue is longer; a bound keeps the pattern below from being fed a megabyte of spaces. */
const maxLength = 60;

const amount =
  /^(-?)(?:(?:€|eur)\s*)?([\d.,'\s]*\d)(?:e([+-]?\d{1,3}))?\s*(?:(k|m|mds?|mrd)?\s*€|(?:eur|euros?))?$/i;
const scales: Readonly<Record<string, number>> = { k: 3, m: 6, md: 9, mds: 9, mrd: 9 };

/**
 * An amount in euros as spreadsheets and programs write it: `6.0E7`, `60000000`, `1 234 567,89 €`, `1,234,567.89`,
 * `60 M€`. Blank is `null`. `1,234` may be one thousand or a little over one: `ambiguous_number`. Another currency
 * and everything else is `invalid_number`; whether an amount is in range is for the contract to say.
 */
export function readRevenue(cell: string): CellReading<number | null> {
  // Spaces of every width and the Swiss apostrophe group digits; U+2212 is a typographer's minus.
  const text = cell.normalize('NFKC').trim().replaceAll(/[’`]/g, "'").replace('\u2212', '-');
  if (text === '') return { ok: true, value: null };
  if (text.length > maxLength) return { ok: false, code: 'invalid_number' };
  const shape = amount.exec(text);
  if (!shape) return { ok: false, code: 'invalid_number' };
  const [, minus = '', digits = '', exponent = '0', scale] = shape;
  const plain = plainDigits(digits, shape[3] !== undefined);
  if (!plain.ok) return plain;
  const power = Number(exponent) + (scales[scale?.toLowerCase() ?? ''] ?? 0);
  // One conversion from decimal text, so that 1,1 M€ is 1100000 and not 1100000.0000000002.
  const value = Number(`${minus}${plain.value}e${power}`);
  return Number.isFinite(value)
    ? { ok: true, value: value === 0 ? 0 : value }
    : { ok: false, code: 'invalid_number' };
}

/** The digits with a point before the decimals and nothing else. A number with an exponent groups no digits. */
function plainDigits(digits: string, scientific: boolean): CellReading<string> {
  const groupedBySpace = /^\d{1,3}(['\s]\d{3})+([.,]\d+)?$/;
  const groupedByComma = /^\d{1,3}((,\d{3})+\.\d+|(,\d{3}){2,})$/;
  const groupedByPoint = /^\d{1,3}((\.\d{3})+,\d+|(\.\d{3}){2,})$/;
  if (groupedBySpace.test(digits)) return certain(digits.replaceAll(/['\s]/g, ''));
  if (groupedByComma.test(digits)) return certain(digits.replaceAll(',', ''));
  if (groupedByPoint.test(digits)) return certain(digits.replaceAll('.', ''));
  if (!/^\d+([.,]\d+)?$/.test(digits)) return { ok: false, code: 'invalid_number' };
  const thousandOrDecimals = !scientific && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
  return thousandOrDecimals ? { ok: false, code: 'ambiguous_number' } : certain(digits);
}

function certain(digits: string): CellReading<string> {
  return { ok: true, value: digits.replace(',', '.') };
}
