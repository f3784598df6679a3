import { createStore, useStore } from '../store.ts';

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

const key = 'vif-language';

function isLanguage(value: unknown): value is Language {
  return value === 'fr' || value === 'en';
}

/**
 * The language to begin with: the one chosen before, else the first the browser asks for that Vif speaks,
 * else English.
 * @example firstLanguage(null, ['de-CH', 'fr-CH']) // 'fr'
 */
export function firstLanguage(chosen: string | null, asked: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return asked.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/**
 * The locale of numbers and dates: the browser's own variant of the language, else one that writes euros
 * and days first.
 * @example localeOf('en', ['fr-FR', 'en-IE']) // 'en-IE'
 */
export function localeOf(chosen: Language, asked: readonly string[]): string {
  const home = { fr: 'fr-FR', en: 'en-GB' }[chosen];
  return asked.find((tag) => tag.toLowerCase().startsWith(`${chosen}-`)) ?? home;
}

/** localStorage throws where the browser keeps nothing (private windows, blocked storage). */
function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const asked = globalThis.navigator?.languages ?? [];
const store = createStore<Language>(firstLanguage(remembered(), asked));

/** The language the person reads. */
export const language = {
  current: store.get,
  locale: () => localeOf(store.get(), asked),
  subscribe: store.subscribe,
  /** Changes it at once and for the next visits. */
  choose(next: Language): void {
    try {
      localStorage.setItem(key, next);
    } catch {
      // It then lasts as long as this page.
    }
    document.documentElement.lang = next;
    store.set(next);
  },
};

export function useLanguage(): Language {
  return useStore(store);
}
