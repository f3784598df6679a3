import { expect, it } from 'vitest';
import { personName } from './person-name.ts';

it('is the first name and the last, or the last alone', () => {
  expect(personName({ firstName: 'Ada', lastName: 'Lovelace' })).toBe('Ada Lovelace');
  expect(personName({ firstName: null, lastName: 'Lovelace' })).toBe('Lovelace');
  expect(personName({ firstName: '', lastName: 'Lovelace' })).toBe('Lovelace');
});
