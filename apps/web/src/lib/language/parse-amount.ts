const factors: Record<string, number> = { '': 1, k: 1e3, m: 1e6, md: 1e9, b: 1e9, bn: 1e9 };

/**
 * An amount as people type it, rounded to cents; null where it is none. Spaces and the euro's sign are
 * nothing; `k`, `M` and `Md` are thousands, millions and milliards.
 * @param decimal the reader's own decimal sign, which decides about `1,234`
 * @example parseAmount('1 234,56 €', ',') // 1234.56
 * @example parseAmount('60 M€', ',') // 60000000
 * @example parseAmount('1,234', '.') // 1234
 */
export function parseAmount(typed: string, decimal: ',' | '.'): number | null {
  const plain = typed.replaceAll(/[\s'’€]|eur(os?)?/giu, '');
  const [, digits, exponent = '', unit = ''] = /^([\d.,]*\d)(e\+?\d{1,2})?([a-z]{0,2})$/i.exec(plain) ?? [];
  const factor = factors[unit.toLowerCase()];
  if (digits === undefined || factor === undefined) return null;
  const value = Number(withPoint(digits, decimal) + exponent) * factor;
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : null;
}

/** The digits with a point as the only sign. */
function withPoint(digits: string, decimal: ',' | '.'): string {
  const last = digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
  const other = last === ',' ? '.' : ',';
  const [before = '', after, ...more] = digits.split(last);
  if (after === undefined) return digits;
  // Twice the same sign groups; so does the reader's other sign before just three digits.
  const groups = more.length > 0 || (last !== decimal && !digits.includes(other) && after.length === 3);
  if (groups) return digits.replaceAll(last, '').replaceAll(other, '.');
  return `${before.replaceAll(other, '')}.${after}`;
}
