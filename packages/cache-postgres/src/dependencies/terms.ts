import type { Family } from '../catalogue/catalogue.ts';

/** One value, or of a parameter that is an array several, as a statement names it. */
export type Term =
  | { readonly literal: string }
  | { readonly parameter: number; readonly array?: true }
  | { readonly setting: string };

/** What a column must equal one of. */
export type Values = readonly Term[];

/** What a statement was sent with. */
export interface Sent {
  readonly values: readonly unknown[];
  /** Settings of the transaction that the load itself made. */
  readonly settings: ReadonlyMap<string, string>;
}

/** How PostgreSQL writes out a value: then no other text means the same. */
const canonical: Record<Family, RegExp> = {
  integer: /^(?:0|-?[1-9]\d{0,18})$/,
  uuid: /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/,
  boolean: /^(?:true|false)$/,
  text: /^[^\0]*$/u,
};

/** More values than this are not worth a tag each. */
const most = 100;

/** The texts of what a column must equal one of; undefined where one of them could be spelt otherwise, or is not known. */
export function textsOf(values: Values, family: Family, sent: Sent): string[] | undefined {
  const texts = values.flatMap((term) => given(term, sent));
  if (texts.length > most) return undefined;
  return texts.every((text) => text !== undefined && canonical[family].test(text))
    ? [...new Set(texts as string[])] // each was looked at
    : undefined;
}

function given(term: Term, { values, settings }: Sent): (string | undefined)[] {
  if ('literal' in term) return [term.literal];
  // PostgreSQL writes its own anew: datestyle `iso` is then `ISO, MDY`.
  if ('setting' in term) return [term.setting.includes('.') ? settings.get(term.setting) : undefined];
  const value = values[term.parameter - 1];
  if (!term.array) return [textOf(value)];
  return Array.isArray(value) ? value.map(textOf) : [undefined];
}

/** What the driver sends, of values that it sends as they are. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
