import { describe, expect, it } from 'vitest';
import { formatOf } from './format.ts';

const fr = formatOf('fr-FR');
const en = formatOf('en-GB');
/** No-break spaces are what must stand in a number; which one is the platform's choice. */
const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('in French', () => {
  it('writes money with a comma, the sign behind, and cents only where there are some', () => {
    expect(spaced(fr.money(1234.5))).toBe('1 234,50 €');
    expect(spaced(fr.money(60_000_000))).toBe('60 000 000 €');
  });
  it('groups digits by a space wide enough to be seen, which does not break', () => {
    expect(fr.number(1234567)).toBe('1\u00a0234\u00a0567');
  });
  it('writes the day before the month', () => {
    expect(fr.date('2026-11-21T08:30:00Z')).toBe('21 nov. 2026');
  });
  it('names countries', () => {
    expect(fr.country('CI')).toBe('Côte d’Ivoire');
    expect(fr.country('GB')).toBe('Royaume-Uni');
  });
  it('orders names with accents aside', () => {
    expect(['Zoé', 'Été', 'Eva'].sort(fr.compare)).toEqual(['Été', 'Eva', 'Zoé']);
  });
});

it('writes money and dates in British English', () => {
  expect(en.money(1234.5)).toBe('€1,234.50');
  expect(en.date('2026-11-21T08:30:00Z')).toBe('21 Nov 2026');
  expect(en.country('CI')).toBe('Côte d’Ivoire');
});

describe('how long ago', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const ago = (text: string) => fr.ago(text, now);
  it.each([
    ['2026-11-21T11:59:40Z', 'maintenant'],
    ['2026-11-21T11:57:00Z', 'il y a 3 minutes'],
    ['2026-11-21T09:00:00Z', 'il y a 3 heures'],
    ['2026-11-20T10:00:00Z', 'hier'],
    ['2026-11-11T12:00:00Z', 'il y a 10 jours'],
    ['2026-09-01T12:00:00Z', '1 sept. 2026'],
    // A clock that is a little behind the server's shows no future.
    ['2026-11-21T12:00:30Z', 'maintenant'],
  ])('%s is %s', (then, said) => {
    expect(ago(then)).toBe(said);
  });
});
