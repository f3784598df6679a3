import { expect, it } from 'vitest';
import { listSearch, parseSearch, stringifySearch } from './list-search.ts';

it('keeps what a list knows and drops the rest', () => {
  const read = listSearch('city', 'country');
  expect(read({ city: 'Lyon', country: '', sort: '-name', q: 'é', other: 'x', columns: 3 })).toEqual({
    city: 'Lyon',
    sort: '-name',
    q: 'é',
  });
});

it('leaves numbers, booleans and signs as they were typed', () => {
  expect(parseSearch('?q=075001&active=true&sort=-name')).toEqual({
    q: '075001',
    active: 'true',
    sort: '-name',
  });
});

it('writes an address that reads back as the same, without what is empty', () => {
  const search = { q: 'Été & co', city: 'Aix+Marseille', sort: undefined, columns: '' };
  expect(parseSearch(stringifySearch(search))).toEqual({ q: 'Été & co', city: 'Aix+Marseille' });
  expect(stringifySearch({ q: '' })).toBe('');
  expect(stringifySearch({ columns: 'city,owner' })).toBe('?columns=city,owner');
});
