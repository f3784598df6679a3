import { type Language, useLanguage } from './language.ts';

/**
 * The messages of one component in the reader's language. English has the type of French, so that a
 * message missing in one of them does not compile.
 * @example
 * const t = useMessages({ fr, en });
 * t.people(3); // '3 personnes'
 */
export function useMessages<M>(both: { readonly [L in Language]: M }): M {
  return both[useLanguage()];
}
