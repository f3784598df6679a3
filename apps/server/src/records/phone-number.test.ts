import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhoneNumber } from './phone-number.ts';

describe('a phone number', () => {
  it.each([
    ['06 12 34 56 78', 'FR', '+33612345678', '0612345678'],
    ['+33 (0)6 12 34 56 78', 'US', '+33612345678', '0612345678'],
    ['0033612345678', 'FR', '+33612345678', '0612345678'],
    ['02 123 45 67', 'BE', '+3221234567', '021234567'],
    ['(212) 555-2368', 'US', '+12125552368', '2125552368'],
    ['020 7946 0958', 'GB', '+442079460958', '02079460958'],
    ['01.23.45.67.89', 'ZZ', '+33123456789', '0123456789'],
    ['Tél. : 01 23 45 67 89', 'FR', '+33123456789', '0123456789'],
  ])('%j in %s is %s', (typed, country, phone, national) => {
    expect(readPhoneNumber(typed, country)).toEqual({ phone, phoneRaw: typed, national });
  });

  it.each(['12', 'call me', '00', '+', '06 12', '+999 123456789', '0612345678901234567'])(
    '%j cannot be one, and is kept as typed',
    (typed) => {
      expect(readPhoneNumber(typed, 'FR')).toEqual({ phone: null, phoneRaw: typed, national: null });
    },
  );

  it('that is none stays none', () => {
    expect(readPhoneNumber(null, 'FR')).toEqual({ phone: null, phoneRaw: null, national: null });
  });

  it('is E.164 or nothing, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom(...'+0123456789 ().-/'.split('')), maxLength: 50 }),
        ),
        (typed) => {
          const { phone, phoneRaw } = readPhoneNumber(typed, 'FR');
          expect(phoneRaw).toBe(typed);
          expect(phone ?? '+1234').toMatch(/^\+[1-9]\d{3,14}$/);
        },
      ),
    );
  });

  it('read again from its own E.164 is the same, in any country', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100_000_000, max: 799_999_999 }),
        fc.constantFrom('US', 'GB', 'FR', 'ZZ'),
        (digits, country) => {
          const { phone } = readPhoneNumber(`0${digits}`, 'FR');
          expect(readPhoneNumber(phone, country).phone).toBe(phone);
        },
      ),
    );
  });
});
