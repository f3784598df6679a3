import { organisationInput, organisationQuery } from '@vif/contract/organisations';
import { type ProblemCode, problemStatus } from '@vif/contract/problem';
import { describe, expect, it } from 'vitest';
import { languageOf } from './language.ts';
import { fields as english } from './texts.en.ts';
import { fields as french } from './texts.fr.ts';
import { toProblem } from './to-problem.ts';
import { validate } from './validate.ts';
import { VifError } from './vif-error.ts';

const codes = Object.keys(problemStatus) as ProblemCode[]; // the keys of a const object

describe('what people read', () => {
  it.each(codes)('of %s is there in both languages, and not the same', (code) => {
    const [en, fr] = (['en', 'fr'] as const).map((language) =>
      toProblem(new VifError(code, { values: { reason: 'A reason.' } }), language, 'id'),
    );
    for (const one of [en, fr]) {
      expect(one?.title.length).toBeGreaterThan(3);
      expect(one?.detail).not.toMatch(/undefined|\[object/);
    }
    expect(fr?.title).not.toBe(en?.title);
    expect(fr?.detail).not.toBe(en?.detail);
  });

  it('at a field is there in both', () => {
    expect(Object.keys(french).toSorted()).toEqual(Object.keys(english).toSorted());
    for (const [code, text] of Object.entries(french))
      expect(text({ keys: 'x' }), code).not.toBe(english[code]?.({ keys: 'x' }));
  });

  it.each([
    { name: 1 },
    { name: '' },
    {},
    { name: 'x'.repeat(201) },
    { name: 'a\u0000' },
    { name: 'a', active: 'yes' },
    { name: 'a', email: 'x' },
    { name: 'a', website: 'x' },
    { name: 'a', siren: '1' },
    { name: 'a', country: 'XX' },
    { name: 'a', annualRevenue: -1 },
    { name: 'a', annualRevenue: 1e14 },
    { name: 'a', annualRevenue: 0.001 },
    { name: 'a', annualRevenue: '12' },
    { name: 'a', ownerId: 'me' },
    { name: 'a', ownerId: null },
    { name: 'a', unknown: 1 },
    [],
    null,
    'text',
  ])('of the fault in %j is there in both, by a sentence of its language', (value) => {
    const faults = (['en', 'fr'] as const).map((language) => {
      try {
        validate(organisationInput, value, language);
      } catch (error) {
        if (error instanceof VifError) return error.options.fields ?? [];
      }
      throw new Error('it was taken');
    });
    const [en = [], fr = []] = faults;
    expect(en.length).toBeGreaterThan(0);
    expect(fr.map(({ path, code }) => ({ path, code }))).toEqual(
      en.map(({ path, code }) => ({ path, code })),
    );
    for (const [index, { message }] of fr.entries()) {
      expect(message).not.toBe(en[index]?.message);
      expect(message).not.toMatch(/undefined|\b(expected|received|invalid input|must)\b/i);
      expect(en[index]?.message).not.toMatch(/undefined|attendu/i);
    }
  });

  it('of a missing choice says that it is missing', () => {
    const read = () =>
      validate(organisationQuery.extend({ sort: organisationQuery.shape.sort.unwrap() }), {}, 'fr');
    expect(read).toThrow(
      expect.objectContaining({ options: { fields: [expect.objectContaining({ code: 'required' })] } }),
    );
  });
});

describe('the reader’s language', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['FR-fr;q=0.9, en;q=0.8', 'fr'],
    ['en, fr', 'en'],
    ['de, fr;q=0.8, en;q=0.5', 'fr'],
    ['de', 'en'],
    ['fr;q=0', 'en'],
    ['fr ; q=0.4 , en ; q=0.5', 'en'],
    ['*', 'en'],
  ])('of %j is %s', (header, language) => expect(languageOf(header)).toBe(language));
});
