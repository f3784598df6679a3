import { countryCodes } from '@vif/contract/countries';
import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import french from 'i18n-iso-countries/langs/fr.json' with { type: 'json' };
import { countryVariants } from './country-variants.ts';
import { spellingKey } from './spelling-key.ts';

/** Codes are taken as they stand, punctuation and all: `N/A` is not Namibia. */
const byCode = new Map<string, string>(countryCodes.map((code) => [code, code]));
for (const [alpha2, alpha3] of codes) {
  if (alpha2 && alpha3 && countryCodes.includes(alpha2)) byCode.set(alpha3, alpha2);
}

/** Of two countries with one name, the first learnt has it: `Congo` is CG, as its variants say. */
const byName = new Map<string, string>();
for (const [code, names] of Object.entries(countryVariants)) for (const name of names) learn(name, code);
for (const { countries } of [english, french]) {
  for (const [code, names] of Object.entries(countries)) for (const name of [names].flat()) learn(name, code);
}
for (const language of ['en', 'fr']) {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  for (const code of countryCodes) learn(names.of(code) ?? '', code);
}

function learn(name: string, code: string) {
  const key = spellingKey(name);
  if (key !== '' && !byName.has(key) && countryCodes.includes(code)) byName.set(key, code);
}

/**
 * The ISO 3166-1 alpha-2 code of a country written in any usual way: its alpha-2 or alpha-3 code, its name in
 * English or French, `USA`, `U.K.`, `Angleterre`, `Etats-Unis`. `undefined` when unknown or blank, so that the row
 * can be kept with a warning.
 */
export function readCountry(cell: string): string | undefined {
  const code = byCode.get(cell.trim().toUpperCase());
  if (code) return code;
  const name = spellingKey(cell);
  return byName.get(name) ?? byName.get(name.replace(/^the|the$/, ''));
}
