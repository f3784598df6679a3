import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { email, optionalEmail, optionalSiren, optionalWebsite } from './contact-fields.ts';
import { countryCodes } from './countries.ts';
import { optionalCountry } from './country.ts';
import { isSiren } from './siren.ts';

const code = (result: {
  error?: { issues: readonly { code: string; params?: Record<string, unknown> | undefined }[] } | undefined;
}) => result.error?.issues[0]?.params?.['code'] ?? result.error?.issues[0]?.code;

describe('a website', () => {
  it.each([
    ['vif.example', 'https://vif.example'],
    ['HTTP://Vif.Example/', 'http://vif.example'],
    ['https://vif.example/a?b=c#d', 'https://vif.example/a?b=c#d'],
    ['vif.example:8080/x', 'https://vif.example:8080/x'],
    ['https://société.example', 'https://xn--socit-esab.example'],
    ['//vif.example', 'https://vif.example'],
    ['  ', null],
    [null, null],
  ])('%j is kept as %j', (typed, kept) => expect(optionalWebsite.parse(typed)).toBe(kept));

  it.each([
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'ftp://vif.example',
    'mailto:a@b.example',
    'file:///etc/passwd',
    'localhost',
    'https://user:password@vif.example',
    'https://',
    'not a website',
    'vif',
    '://',
  ])('%j is none', (typed) => expect(code(optionalWebsite.safeParse(typed))).toBe('invalid_website'));

  it('that was kept is kept as it is when it is sent again', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        const { data } = optionalWebsite.safeParse(url);
        fc.pre(typeof data === 'string');
        expect(optionalWebsite.parse(data)).toBe(data);
      }),
    );
  });
});

describe('an e-mail', () => {
  it.each(['a@b.example', "o'brien+tag@sub.vif.example", ' a@b.example '])('%j is one', (typed) => {
    expect(optionalEmail.parse(typed)).toBe(typed.trim());
    expect(email.parse(typed)).toBe(typed.trim());
  });
  it.each([
    'a',
    'a@b',
    '@b.example',
    'a@@b.example',
    'a b@c.example',
    'a@b.example\nx',
    `${'x'.repeat(250)}@b.example`,
    'a@b.example,c@d.example',
  ])('%j is none', (typed) => {
    expect(optionalEmail.safeParse(typed).success).toBe(false);
    expect(email.safeParse(typed).success).toBe(false);
  });
  it('that is blank is none at all, where none will do', () => {
    expect([optionalEmail.parse(''), optionalEmail.parse('  '), optionalEmail.parse(null)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(email.safeParse('').success).toBe(false);
  });
});

describe('a SIREN', () => {
  it.each(['732829320', '552100554', '443061841', '356000000'])('%s is one', (digits) =>
    expect(isSiren(digits)).toBe(true),
  );
  it.each(['732829321', '000000000', '12345678', '7328293200', '73282932O', ' 732829320', '٧٣٢٨٢٩٣٢٠', ''])(
    '%j is none',
    (digits) => expect(isSiren(digits)).toBe(false),
  );
  it('is typed with spaces and points as people do', () => {
    expect(optionalSiren.parse('732 829 320')).toBe('732829320');
    expect(optionalSiren.parse('732.829\u00a0320')).toBe('732829320');
    expect(optionalSiren.parse(' ')).toBeNull();
    expect(code(optionalSiren.safeParse('732 829 321'))).toBe('invalid_siren');
  });
  it('has one right last digit of ten', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        const first = String(number).padStart(8, '0');
        const right = '0123456789'.split('').filter((last) => isSiren(first + last));
        expect(right).toHaveLength(1);
      }),
    );
  });
});

describe('a country', () => {
  it('is one of 249 codes, however it is typed', () => {
    expect(countryCodes).toHaveLength(249);
    expect(new Set(countryCodes).size).toBe(249);
    expect(optionalCountry.parse(' fr ')).toBe('FR');
    expect(optionalCountry.parse('')).toBeNull();
    for (const typed of ['XX', 'FRA', 'France', 'UK'])
      expect(code(optionalCountry.safeParse(typed))).toBe('invalid_country');
  });
});
