/** Letters that Unicode does not decompose into a base letter and marks. */
const ligatures: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  // Written so at the end of a word only.
  ς: 'σ',
};

/**
 * Text as it is searched: lower case, no accents, words of letters and digits separated by one space.
 * @example fold('Société « L’Étoile »') // 'societe l etoile'
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[œæßøłđðþıς]/g, (letter) => ligatures[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * What a record is found by: its words, and its phone number's digits with and without the country's prefix. Begins
 * with a space, so that every word does.
 */
export function searchTextOf(words: readonly (string | null)[], phones: readonly (string | null)[]): string {
  const digits = phones.flatMap((phone) => (phone ? [phone.replaceAll(/\D/g, '')] : []));
  const all = [...words.map((word) => fold(word ?? '')), ...new Set(digits)];
  return ` ${all.filter((part) => part !== '').join(' ')}`;
}

/** A phone number or a piece of one: digits and what people put between them. */
const phoneFragment = /^\+?[\d\s().\-/]*\d[\d\s().\-/]*$/;

/**
 * LIKE patterns that a record's search text must match: all of any one list. Words of three letters and more are found
 * anywhere, shorter ones at a word's beginning: the trigram index answers both.
 *
 * @returns an empty list for text without a letter or digit, which finds everything
 * @example searchPatterns('gràv inv') // [['%grav%', '%inv%']]
 * @example searchPatterns('06 12 34') // [['%061234%']]
 * @example searchPatterns('24/7') // [['%247%'], ['% 24%', '% 7%']]: a piece of a number, or of a name
 */
export function searchPatterns(asked: string): string[][] {
  const words = fold(asked).split(' ');
  const ways = phoneFragment.test(asked)
    ? [[dialled(asked)], ...(isFormatted(asked) ? [] : [words])]
    : [words];
  const lists = ways.map((terms) =>
    terms
      .filter((word) => word !== '')
      .slice(0, 10)
      .map(patternOf),
  );
  const different = new Map(lists.map((patterns) => [patterns.join(' '), patterns]));
  return [...different.values()].filter((patterns) => patterns.length > 0);
}

function patternOf(word: string): string {
  return word.length < 3 ? `% ${word}%` : `%${word}%`;
}

/** The digits of a number as they stand in a search text: without 00, and without the (0) that nobody dials. */
function dialled(fragment: string): string {
  return fragment
    .replace(/^(\s*(?:\+|00)[\d\s]*)\(0\)/, '$1')
    .replaceAll(/\D/g, '')
    .replace(/^00/, '');
}

/** Written as only a phone number is; its groups are no words of a name. */
function isFormatted(fragment: string): boolean {
  return /^\s*(\+|0[\d]*[\s().\-/])/.test(fragment);
}
