import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { expect, it } from 'vitest';
import { formatPhone } from './phone.ts';

it('writes a French number nationally for the French, with its prefix for others, without the library', () => {
  expect(formatPhone('+33612345678', 'FR')).toBe('06 12 34 56 78');
  expect(formatPhone('+33612345678', 'GB')).toBe('+33 6 12 34 56 78');
});

it('writes the others as the library does, once it is there', () => {
  expect(formatPhone('+442079460958', 'FR')).toBe('+442079460958');
  expect(formatPhone('+442079460958', 'FR', parsePhoneNumberFromString)).toBe('+44 20 7946 0958');
  // Freephone numbers are grouped otherwise, which only the library knows.
  expect(formatPhone('+33800123456', 'FR')).toBe('+33800123456');
  expect(formatPhone('+33800123456', 'FR', parsePhoneNumberFromString)).toBe('0 800 12 34 56');
  expect(formatPhone('+442079460958', 'GB', parsePhoneNumberFromString)).toBe('020 7946 0958');
});

it('agrees with the library on French numbers', () => {
  for (const number of ['+33142685300', '+33712345678', '+33987654321']) {
    const parsed = parsePhoneNumberFromString(number);
    expect(formatPhone(number, 'GB')).toBe(parsed?.formatInternational());
  }
});

it('shows what is no number as it is', () => {
  expect(formatPhone('+33', 'FR', parsePhoneNumberFromString)).toBe('+33');
});
