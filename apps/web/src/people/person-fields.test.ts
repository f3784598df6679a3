import { personInput } from '@vif/contract/people';
import { expect, it } from 'vitest';
import type { Person } from './people.reads.ts';
import { fieldsOf, inputOf, newPerson } from './person-fields.ts';

const owner = '00000000-0000-4000-8000-000000000001';
const organisation = '00000000-0000-4000-8000-000000000002';
const record: Person = {
  id: '00000000-0000-4000-8000-000000000003',
  firstName: null,
  lastName: 'Lovelace',
  jobTitle: null,
  email: null,
  phone: null,
  phoneRaw: 'ask Ada',
  organisationId: null,
  organisationName: null,
  organisationDeleted: false,
  ownerId: owner,
  ownerName: 'Ada',
  updatedAt: '2026-11-21T09:00:00Z',
  deletedAt: null,
  notes: null,
  externalId: null,
  createdAt: '2026-11-21T09:00:00Z',
};

it('sends what says something: a last name, an owner, the organisation one comes from', () => {
  const input = inputOf({ ...newPerson(owner, organisation), lastName: 'Lovelace' });
  expect(input).toEqual({ lastName: 'Lovelace', ownerId: owner, organisationId: organisation });
  expect(personInput.safeParse(input).success).toBe(true);
});

it('keeps a phone that could not be read as it was typed', () => {
  expect(fieldsOf(record).phone).toBe('ask Ada');
});

it('holds every field that the API takes, and none that it does not', () => {
  const taken = Object.keys(personInput.shape).sort();
  expect(Object.keys(newPerson(owner, null)).sort()).toEqual(taken);
  expect(Object.keys(fieldsOf(record)).sort()).toEqual(taken);
});
