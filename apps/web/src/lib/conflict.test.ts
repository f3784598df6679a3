import { expect, it } from 'vitest';
import { conflicts } from './conflict.ts';

interface Fields {
  name: string;
  city: string;
  phone: string | null;
}

const before: Fields = { name: 'Vif', city: 'Lyon', phone: null };

it('finds none when the others changed other fields', () => {
  expect(conflicts(before, { ...before, city: 'Paris' }, { name: 'Vif SA' })).toEqual([]);
});

it('finds none when both typed the same', () => {
  expect(conflicts(before, { ...before, city: 'Paris' }, { city: 'Paris' })).toEqual([]);
});

it('shows what it was, theirs and mine where both changed a field', () => {
  expect(conflicts(before, { ...before, city: 'Paris', name: 'V' }, { city: 'Nice', phone: '1' })).toEqual([
    { field: 'city', before: 'Lyon', theirs: 'Paris', mine: 'Nice' },
  ]);
});

it('takes a form’s blank and a record’s null for the same nothing', () => {
  expect(conflicts({ phone: '' }, { phone: null }, { phone: '2' })).toEqual([]);
  expect(conflicts({ phone: '1' }, { phone: null }, { phone: '' })).toEqual([]);
  expect(conflicts({ phone: '1' }, { phone: null }, { phone: '2' })).toHaveLength(1);
});
