import { language, useLanguage } from './language.ts';

const day = 86_400_000;

function make(locale: string) {
  const number = new Intl.NumberFormat(locale);
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: 0,
    maximumFractionDigits: 2,
  });
  const short = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', notation: 'compact' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const collator = new Intl.Collator(locale, { sensitivity: 'base' });

  return {
    locale,
    /** `12 345` */
    number: (value: number) => wide(number.format(value)),
    /** Euros, with cents only where there are some: `1 234,56 €`. */
    money: (value: number) => wide(Number.isInteger(value) ? money.format(value) : cents(value)),
    /** Euros in short, for narrow columns: `60 M €`. */
    shortMoney: (value: number) => short.format(value),
    /** `21 nov. 2026` */
    date: (value: string | Date) => date.format(new Date(value)),
    /** `21 nov. 2026, 09:30` */
    moment: (value: string | Date) => moment.format(new Date(value)),
    /** `il y a 3 minutes`, `hier`; after a month the date. */
    ago: (value: string | Date, now: number = Date.now()) => ago(new Date(value), now),
    /** The name of an ISO country, or the code where it is none. */
    country: (code: string) => countries.of(code) ?? code,
    /** Orders names as people expect: accents and case aside. */
    compare: (a: string, b: string) => collator.compare(a, b),
  };

  /** French groups by a narrow space, which in Inter is too narrow to be seen between digits. */
  function wide(text: string): string {
    return text.replaceAll('\u202f', '\u00a0');
  }

  function cents(value: number): string {
    return value.toLocaleString(locale, { style: 'currency', currency: 'EUR' });
  }

  function ago(then: Date, now: number): string {
    const past = now - then.getTime();
    if (past < 45_000) return relative.format(0, 'second');
    if (past < 3_600_000) return relative.format(-Math.max(1, Math.round(past / 60_000)), 'minute');
    if (past < day) return relative.format(-Math.round(past / 3_600_000), 'hour');
    if (past < 30 * day) return relative.format(-Math.round(past / day), 'day');
    return date.format(then);
  }
}

export type Format = ReturnType<typeof make>;
const made = new Map<string, Format>();

/** The formats of a locale; made once, for Intl objects cost milliseconds. */
export function formatOf(locale: string): Format {
  const known = made.get(locale);
  if (known) return known;
  const fresh = make(locale);
  made.set(locale, fresh);
  return fresh;
}

/** Numbers, money, dates and countries as the reader writes them. */
export function useFormat(): Format {
  useLanguage();
  return formatOf(language.locale());
}
