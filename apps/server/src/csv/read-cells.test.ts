import { countryCodes } from '@vif/contract/countries';
import { describe, expect, it } from 'vitest';
import { readCountry } from './read-country.ts';
import { readFlag } from './read-flag.ts';
import { readSiren } from './read-siren.ts';

describe('readCountry', () => {
  it.each([
    [
      'US',
      [
        'US',
        'us',
        'USA',
        'U.S.',
        'U.S.A.',
        'United States',
        'United States of America',
        'Etats-Unis',
        'ÉTATS UNIS',
        "États-Unis d'Amérique",
      ],
    ],
    [
      'GB',
      [
        'GB',
        'GBR',
        'UK',
        'u.k.',
        'United Kingdom',
        'The United Kingdom',
        'Royaume Uni',
        'Angleterre',
        'England',
        'Écosse',
        'Scotland',
      ],
    ],
    ['FR', ['FR', ' fra ', 'France', 'FRANCE', 'France métropolitaine', 'République française']],
    ['DE', ['Germany', 'Allemagne', 'Deutschland', 'DEU']],
    ['NL', ['Netherlands', 'The Netherlands', 'Netherlands (the)', 'Pays-Bas', 'Hollande', 'Nederland']],
    ['CH', ['Suisse', 'Switzerland', 'Schweiz']],
    ['CI', ["Côte d'Ivoire", 'COTE D’IVOIRE', 'Ivory Coast']],
    ['CG', ['Congo', 'République du Congo', 'Congo-Brazzaville']],
    ['CD', ['RDC', 'République démocratique du Congo', 'Congo-Kinshasa']],
    ['CZ', ['Tchéquie', 'République tchèque', 'Czech Republic', 'Czechia']],
    ['GR', ['Grèce', 'Greece', 'EL']],
    ['NA', ['NA', 'Namibie', 'Namibia']],
    ['RE', ['La Réunion', 'Réunion']],
    ['KR', ['South Korea', 'Corée du Sud', 'Korea, Republic of']],
    ['RU', ['Russie', 'Russia', 'Russian Federation']],
    ['VN', ['Viet Nam', 'Vietnam', 'Viêt Nam']],
  ])('%s', (code, spellings) => {
    expect(spellings.map((spelling) => `${spelling} → ${readCountry(spelling)}`)).toEqual(
      spellings.map((spelling) => `${spelling} → ${code}`),
    );
  });

  it('knows every code of the contract by its code and by its French and English name', () => {
    const names = ['en', 'fr'].map((language) => new Intl.DisplayNames(language, { type: 'region' }));
    for (const code of countryCodes) {
      const spellings = [code.toLowerCase(), ...names.map((name) => name.of(code) ?? '')];
      expect({ spellings, codes: spellings.map(readCountry) }).toEqual({
        spellings,
        codes: [code, code, code],
      });
    }
  });

  it.each([
    '',
    ' ',
    'N/A',
    'n.a.',
    '-',
    '???',
    'Korea',
    'Corée',
    'Kosovo',
    'Ruritanie',
    'Paris',
    'the',
    '日本',
    'constructor',
  ])('does not know %j', (cell) => {
    expect(readCountry(cell)).toBeUndefined();
  });
});

describe('readFlag', () => {
  it.each(['oui', 'OUI', 'Yes', 'y', 'true', 'VRAI', '1', 'actif', 'Active', ' x '])('%s is yes', (cell) => {
    expect(readFlag(cell)).toEqual({ ok: true, value: true });
  });
  it.each(['non', 'No', 'FALSE', 'faux', '0', 'inactif', 'Inactive', 'n'])('%s is no', (cell) => {
    expect(readFlag(cell)).toEqual({ ok: true, value: false });
  });
  it('leaves a blank cell to the record’s default and refuses to guess', () => {
    expect(readFlag('  ')).toEqual({ ok: true, value: undefined });
    for (const cell of ['maybe', '2', '-1', '?', 'prospect']) {
      expect(readFlag(cell)).toEqual({ ok: false, code: 'invalid_flag' });
    }
  });
});

describe('readSiren', () => {
  it('takes the SIREN out of a SIRET and leaves the rest to be judged', () => {
    expect(readSiren('732 829 320 00074')).toBe('732829320');
    expect(readSiren('73282932000074')).toBe('732829320');
    for (const cell of ['732 829 320', '', 'FR 1234', '1234567890123']) expect(readSiren(cell)).toBe(cell);
  });
});
