import { expect, it } from 'vitest';
import { organisationReads } from './organisation-search.ts';

it('reads the same list whichever columns show it', () => {
  expect(organisationReads({ city: 'Lyon', columns: 'city' }).key).toBe(
    organisationReads({ city: 'Lyon' }).key,
  );
});

it('reads another list in another order or under another filter', () => {
  const keys = [{}, { sort: '-name' }, { city: 'Lyon' }, { q: 'Lyon' }].map(
    (search) => organisationReads(search).key,
  );
  expect(new Set(keys).size).toBe(4);
});
