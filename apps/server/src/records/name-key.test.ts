import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { organisationNameKey, personNameKey } from './name-key.ts';

describe('an organisation’s name', () => {
  it.each([
    ['Gravity Investments', 'gravity investments'],
    ['GRÀVITY INVESTMENTS S.A.R.L.', 'gravity investments'],
    ['Les Établissements Dupont & Cie', 'dupont'],
    ['S.A. Dupont', 'dupont'],
    ['L’Oréal', 'oreal'],
    ['SA', 'sa'],
    ['Le Groupe', 'le groupe'],
    ['H&M', 'h m'],
    ['A.B.C. Conseil', 'abc conseil'],
    ['***', ''],
  ])('%j is kept as %j', (name, key) => expect(organisationNameKey(name)).toBe(key));

  it('keeps the same key whatever legal form is written beside it', () => {
    const word = fc.string({
      unit: fc.constantFrom(...'bcfghjklmpqrtvwxz'.split('')),
      minLength: 4,
      maxLength: 9,
    });
    const form = fc.constantFrom('SARL', 'S.A.R.L.', 'sas', 'S.A.', 'GmbH', 'Ltd', 'Inc.', 'Groupe');
    fc.assert(
      fc.property(word, form, (name, legal) => {
        expect(organisationNameKey(`${name} ${legal}`)).toBe(organisationNameKey(name));
        expect(organisationNameKey(`${legal} ${name.toUpperCase()}`)).toBe(organisationNameKey(name));
      }),
    );
  });
});

describe('a person’s name', () => {
  it.each([
    ['Marie', 'LE GALL', 'gall le marie'],
    ['Le Gall', 'Marie', 'gall le marie'],
    [null, 'Dupont', 'dupont'],
    ['Zoé', 'Müller-Schön', 'muller schon zoe'],
  ])('%j %j is kept as %j', (first, last, key) => expect(personNameKey(first, last)).toBe(key));
});
