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
};

/**
 * Text as it is searched: lower case, no accents, words of letters and digits separated by one space.
 * @example fold('Société « L’Étoile »') // 'societe l etoile'
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[œæßøłđðþı]/g, (letter) => ligatures[letter] ?? letter)
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
 * LIKE patterns that a record's search text must all match. Words of three letters and more are found anywhere, shorter
 * ones at a word's beginning: the trigram index answers both.
 *
 * @returns an empty list for text without a letter or digit, which finds everything
 * @example searchPatterns('gràv inv') // ['%grav%', '%inv%']
 * @example searchPatterns('06 12 34') // ['%061234%']
 */
export function searchPatterns(asked: string): string[] {
  const words = phoneFragment.test(asked)
    ? [asked.replaceAll(/\D/g, '').replace(/^00/, '')]
    : fold(asked).split(' ');
  const terms = words.filter((word) => word !== '').slice(0, 10);
  return terms.map((word) => (word.length < 3 ? `% ${word}%` : `%${word}%`));
}
