import { randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for one another. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz';

/**
 * A password to be read out and typed: 99 random bits.
 * @example randomPassword() // 'k7m2x-q4tzc-9hwnp-e3rvb'
 */
export function randomPassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
