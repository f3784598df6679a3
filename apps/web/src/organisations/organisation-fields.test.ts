import { organisationInput } from '@vif/contract/organisations';
import { expect, it } from 'vitest';
import { fieldsOf, inputOf, newOrganisation } from './organisation-fields.ts';
import type { Organisation } from './organisations.reads.ts';

const owner = '00000000-0000-4000-8000-000000000001';
const record: Organisation = {
  id: '00000000-0000-4000-8000-000000000002',
  name: 'Vif',
  category: null,
  active: false,
  email: null,
  phone: '+33142685300',
  phoneRaw: '01 42 68 53 00',
  city: 'Paris',
  country: 'FR',
  annualRevenue: 0,
  ownerId: owner,
  ownerName: 'Ada',
  updatedAt: '2026-11-21T09:00:00Z',
  deletedAt: null,
  website: null,
  address: null,
  postalCode: '75002',
  siren: null,
  notes: null,
  externalId: null,
  createdAt: '2026-11-21T09:00:00Z',
  people: [],
  peopleTotal: 0,
};

it('sends a name and an owner when that is all there is', () => {
  const input = inputOf(newOrganisation(owner, 'Vif'));
  expect(input).toEqual({ name: 'Vif', ownerId: owner, active: true });
  expect(organisationInput.safeParse(input).success).toBe(true);
});

it('sends no and nothing, which are no blanks', () => {
  expect(inputOf({ ...fieldsOf(record) })).toMatchObject({ active: false, annualRevenue: 0 });
});

it('edits a phone as it was typed, or as it was read where that is not known', () => {
  expect(fieldsOf(record).phone).toBe('01 42 68 53 00');
  expect(fieldsOf({ ...record, phoneRaw: null }).phone).toBe('+33142685300');
});

it('holds every field that the API takes, and none that it does not', () => {
  const taken = Object.keys(organisationInput.shape).sort();
  expect(Object.keys(newOrganisation(owner)).sort()).toEqual(taken);
  expect(Object.keys(fieldsOf(record)).sort()).toEqual(taken);
});
