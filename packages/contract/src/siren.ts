/**
 * Whether nine digits are a SIREN: their Luhn sum (ISO/IEC 7812-1 annex B) is a multiple of ten.
 * @example isSiren('732829320') // true
 */
export function isSiren(digits: string): boolean {
  // Nine noughts pass the sum and are nobody's: people type them where they know none.
  if (!/^\d{9}$/.test(digits) || digits === '000000000') return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) {
    const doubled = Number(digits[i]) * (i % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
