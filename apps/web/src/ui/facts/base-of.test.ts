import { expect, it } from 'vitest';
import { baseOf } from './base-of.ts';

const begun = { values: { city: 'Lyon', name: 'Vif' }, version: '"1"' };

it('is the newest version when others changed other fields', () => {
  const now = { values: { city: 'Lyon', name: 'Vif SAS' }, version: '"2"' };
  expect(baseOf(now, begun, 'city')).toBe(now);
});

it('is what the person saw when somebody changed the same field', () => {
  const now = { values: { city: 'Brest', name: 'Vif' }, version: '"2"' };
  expect(baseOf(now, begun, 'city')).toBe(begun);
});

it('takes a blank and none for the same', () => {
  const before: { values: { city: string | null }; version: string } = {
    values: { city: '' },
    version: '"1"',
  };
  const now = { values: { city: null }, version: '"2"' };
  expect(baseOf(now, before, 'city')).toBe(now);
});
