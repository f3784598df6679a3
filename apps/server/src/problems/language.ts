import type { Language } from '../doors/context.ts';

/**
 * The reader's language from `Accept-Language` (RFC 9110 §12.5.4): the one of ours they prefer, else English.
 * @example languageOf('de, fr;q=0.8, en;q=0.5') // 'fr'
 */
export function languageOf(header: string | undefined): Language {
  let best: Language = 'en';
  let bestWeight = 0;
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = range.split('-')[0];
    const quality = parameters.find((one) => one.trim().startsWith('q='));
    const weight = quality ? Number(quality.trim().slice(2)) : 1;
    if ((language === 'fr' || language === 'en') && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  }
  return best;
}
