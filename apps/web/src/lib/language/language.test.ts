import { expect, it } from 'vitest';
import { firstLanguage, localeOf } from './language.ts';

it.each([
  ['en', ['fr-FR'], 'en'],
  [null, ['fr-CA', 'en'], 'fr'],
  [null, ['de-CH', 'fr-CH', 'en'], 'fr'],
  [null, ['EN-us'], 'en'],
  [null, ['ja'], 'en'],
  [null, [], 'en'],
  ['de', ['fr'], 'fr'],
])('begins, with %j chosen before and a browser asking %j, in %s', (chosen, asked, language) => {
  expect(firstLanguage(chosen, asked)).toBe(language);
});

it('writes numbers and dates in the browser’s own variant of the language', () => {
  expect(localeOf('fr', ['en-US', 'fr-CH'])).toBe('fr-CH');
  expect(localeOf('en', ['fr-FR', 'en-IE'])).toBe('en-IE');
});

it('writes days first and euros where the browser names no variant', () => {
  expect(localeOf('fr', ['fr'])).toBe('fr-FR');
  expect(localeOf('en', ['fr-FR'])).toBe('en-GB');
});
