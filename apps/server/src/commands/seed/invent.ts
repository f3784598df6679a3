import type { Faker } from '@faker-js/faker';

/** One of a weighted list, in logarithmic time. */
export function weightedChoice<T extends { readonly weight: number }>(
  faker: Faker,
  list: readonly T[],
): () => T {
  let sum = 0;
  const bounds = list.map(({ weight }) => (sum += weight));
  return () => {
    const point = faker.number.float({ max: sum });
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] ?? 0) > point) high = middle;
      else low = middle + 1;
    }
    const chosen = list[low];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
}

/** Nine digits whose last makes their Luhn sum (ISO/IEC 7812-1 annex B) a multiple of ten. */
export function inventSiren(faker: Faker): string {
  const digits = faker.string.numeric({ length: 8, allowLeadingZeros: false });
  let sum = 0;
  for (let at = 0; at < 8; at++) {
    const doubled = Number(digits[at]) * (at % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Annual revenue in euros: log-normal about 700,000, as small companies' is, to the thousand. */
export function inventRevenue(faker: Faker): number {
  // Box and Muller's normal variate.
  const radius = Math.sqrt(-2 * Math.log(faker.number.float({ min: 1e-9, max: 1 })));
  const normal = radius * Math.cos(2 * Math.PI * faker.number.float());
  return Math.min(Math.max(Math.round(Math.exp(13.5 + 1.6 * normal) / 1000), 1) * 1000, 50_000_000_000);
}

/** Letters and digits for the name of a domain or the part of an address before the @. */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** `Le gall` as people write it: `Le Gall`. */
export function nameCase(name: string): string {
  return name.replaceAll(/(?<=[ '-])\p{Ll}/gu, (letter) => letter.toUpperCase());
}

/** A French number as it is typed, `01 42 68 53 00`; others as they are dialled. */
export function typedPhone(e164: string): string {
  if (!e164.startsWith('+33')) return e164;
  return `0${e164.slice(3)}`.replaceAll(/(\d\d)(?=\d)/g, '$1 ');
}
