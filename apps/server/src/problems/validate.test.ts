import { organisationInput } from '@vif/contract/organisations';
import { newPassword } from '@vif/contract/session';
import { expect, it } from 'vitest';
import type { Language } from '../doors/context.ts';
import { validate } from './validate.ts';

const wordings: [Language, string, () => unknown][] = [
  ['fr', 'Il faut au moins 12 caractères', () => validate(newPassword, 'court', 'fr')],
  ['en', 'Use at least 12 characters', () => validate(newPassword, 'short', 'en')],
  [
    'fr',
    'Il faut au plus 200 caractères',
    () => validate(organisationInput, { name: 'x'.repeat(201) }, 'fr'),
  ],
  [
    'en',
    'Use at most 20,000 characters',
    () => validate(organisationInput, { name: 'x', notes: 'x'.repeat(20_001) }, 'en'),
  ],
  [
    'fr',
    'Deux décimales au plus',
    () => validate(organisationInput, { name: 'x', annualRevenue: 0.005 }, 'fr'),
  ],
  ['en', 'Use 0 or more', () => validate(organisationInput, { name: 'x', annualRevenue: -1 }, 'en')],
  ['fr', 'À remplir', () => validate(organisationInput, { name: '  ' }, 'fr')],
];

it.each(wordings)('says in %s: %s', (_language, message, ask) => {
  expect(ask).toThrow(
    expect.objectContaining({
      code: 'invalid_input',
      options: { fields: [expect.objectContaining({ message })] },
    }),
  );
});

it('names twenty unknown fields, however many were sent', () => {
  const sent = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`unknown${at}`, 1]));
  expect(() => validate(organisationInput, { name: 'x', ...sent }, 'en')).toThrow(
    expect.objectContaining({
      options: {
        fields: Array.from({ length: 20 }, (_, at): unknown =>
          expect.objectContaining({ path: [`unknown${at}`] }),
        ),
      },
    }),
  );
});
