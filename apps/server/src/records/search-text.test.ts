import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, searchPatterns, searchTextOf } from './search-text.ts';

/** LIKE with the two wildcards our patterns have. */
const like = (text: string, pattern: string) => text.includes(pattern.slice(1, -1));
const finds = (asked: string, text: string) => {
  const ways = searchPatterns(asked);
  return ways.length === 0 || ways.some((patterns) => patterns.every((pattern) => like(text, pattern)));
};

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }).map((one) => one.toWellFormed()),
);

describe('folding', () => {
  it.each([
    ['Société « L’Étoile »', 'societe l etoile'],
    ['GRÀVITY', 'gravity'],
    ['Œuvres & Cie', 'oeuvres cie'],
    ['Straße, Łódź, Ærø, Đakovo', 'strasse lodz aero dakovo'],
    ['İstanbul IĞDIR ığdır', 'istanbul igdir igdir'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ﬁnance ½ ²', 'finance 1 2 2'],
    ['ＦＵＬＬ　ＷＩＤＴＨ', 'full width'],
    ['e\u0301', 'e'],
    ['a-b_c.d', 'a b c d'],
    ['👩‍👩‍👧 %_\\', ''],
    ['北京 東京', '北京 東京'],
    ['', ''],
  ])('%j is %j', (from, to) => expect(fold(from)).toBe(to));

  it('is done once for all: folding again changes nothing', () => {
    fc.assert(fc.property(text, (one) => fold(fold(one)) === fold(one)));
  });

  it('does not mind case, nor how an accent is encoded', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'aàâäbcçdeéèêëfgiîïmnñoôöœsßtuùûüÿzĀřşğıøłđþαβσςέжй'.split('')),
      maxLength: 30,
    });
    fc.assert(
      fc.property(letters, (one) => {
        expect(fold(one.toUpperCase())).toBe(fold(one));
        expect(fold(one.normalize('NFD'))).toBe(fold(one.normalize('NFC')));
      }),
    );
  });

  it('leaves nothing that LIKE would take for a wildcard', () => {
    fc.assert(fc.property(text, (one) => !/[%_\\]/.test(fold(one))));
  });
});

describe('a record', () => {
  it('is found by its whole name', () => {
    fc.assert(
      fc.property(text, fc.array(text), (name, others) => finds(name, searchTextOf([...others, name], []))),
      { numRuns: 2000 },
    );
  });

  it('is found by the beginning of any of its words, and by three letters anywhere', () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom(...'abcéèœ0123456789Σσß.-/'.split('')), minLength: 1, maxLength: 8 }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(words, fc.nat(), fc.nat({ max: 8 }), fc.nat({ max: 8 }), (name, which, start, length) => {
        const searched = searchTextOf([name.join(' ')], []);
        const folded = fold(name[which % name.length] ?? '').split(' ')[0] ?? '';
        expect(
          finds(folded.slice(0, length), searched),
          `${name.join(' ')} by ${folded.slice(0, length)}`,
        ).toBe(true);
        const inside = folded.slice(start, start + 3);
        expect(inside.length < 3 || finds(inside, searched), inside).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['007 Events', '24/7 Services', '3.14', '1-2-3 Soleil', '2020 2021', '(42)', '00', '0 0'])(
    'called %j is found by it, though it looks like a number to dial',
    (name) => {
      expect(finds(name.replace(/ [A-Z].*/, ''), searchTextOf([name], []))).toBe(true);
    },
  );

  it.each([
    '06 12 34 56 78',
    '0612345678',
    '+33 6 12 34',
    '0033 6 12',
    '+33 (0)6 12 34',
    '0033(0)612',
    '06.12.34',
    '06-12',
    '12 34',
    '345678',
    '6 12 34',
    '+33612345678',
  ])('with a phone number is found by %j', (asked) => {
    const searched = searchTextOf(['Gravity'], ['+33612345678', '0612345678']);
    expect(finds(asked, searched)).toBe(true);
    expect(finds(`${asked}9`, searched)).toBe(false);
  });

  it('is found by every record’s word only if it has each of them', () => {
    const searched = searchTextOf(['Gravity Investments', 'hello@gravity.example'], []);
    for (const asked of ['gravity hello', 'inv grav', 'hello@gravity', 'gravity.example', ''])
      expect(finds(asked, searched)).toBe(true);
    for (const asked of ['gravity nowhere', 'vi', 'xgravity']) expect(finds(asked, searched)).toBe(false);
  });

  it('is asked for by no more than ten words', () => {
    expect(searchPatterns('aaa '.repeat(50))).toEqual([Array.from({ length: 10 }, () => '%aaa%')]);
  });
});
