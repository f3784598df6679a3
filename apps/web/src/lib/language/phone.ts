import { createStore, useStore } from '../store.ts';
import { language, useLanguage } from './language.ts';

type Parse = typeof import('libphonenumber-js/min').parsePhoneNumberFromString;

const library = createStore<Parse | null>(null);
let asked = false;

/** 80 kB of numbering plans, fetched when the first number that is not French comes on screen. */
function load(): void {
  if (asked) return;
  asked = true;
  void import('libphonenumber-js/min').then(
    (module) => library.set(module.parsePhoneNumberFromString),
    () => {
      asked = false;
    },
  );
}

const french = /^\+33([1-79])(\d\d)(\d\d)(\d\d)(\d\d)$/;

/**
 * A number as people of `region` write it: their own country's nationally, others with their prefix.
 * Without `parse` only French numbers are grouped; the others stay E.164.
 * @example formatPhone('+33612345678', 'FR') // '06 12 34 56 78'
 * @example formatPhone('+33612345678', 'GB') // '+33 6 12 34 56 78'
 */
export function formatPhone(e164: string, region: string | undefined, parse: Parse | null = null): string {
  const [, ...groups] = french.exec(e164) ?? [];
  if (groups.length > 0) return region === 'FR' ? `0${groups.join(' ')}` : `+33 ${groups.join(' ')}`;
  const number = parse?.(e164);
  if (!number) return e164;
  return number.country === region ? number.formatNational() : number.formatInternational();
}

/** Shows phone numbers the reader's way: E.164 grouped, and what could not be read as it was typed. */
export function usePhone(): (phone: string | null, raw: string | null) => string {
  useLanguage();
  const parse = useStore(library);
  const { region } = new Intl.Locale(language.locale()).maximize();
  return (phone, raw) => {
    if (!phone) return raw ?? '';
    if (!parse && !french.test(phone)) load();
    return formatPhone(phone, region, parse);
  };
}
