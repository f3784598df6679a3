/**
 * Text as it is compared when people search: without accents and case.
 * @example plain('Côte d’Ivoire') // 'cote d’ivoire'
 */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim();
}
