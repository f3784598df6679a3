import { z } from 'zod';
import { optionalEmail, optionalPhone } from './contact-fields.ts';
import { country } from './country.ts';
import { importAnswer, importQuery } from './imports.ts';
import { likeness } from './organisations.ts';
import { count, idParams, pageOf, pageQuery, recordFilters, sortOf } from './page.ts';
import { route } from './route.ts';
import { optionalText, searchText, text } from './text.ts';

export const personSorts = [
  'lastName',
  'firstName',
  'jobTitle',
  'email',
  'phone',
  'organisation',
  'owner',
  'updatedAt',
] as const;

const filters = { ...recordFilters, organisationId: z.uuid().optional(), jobTitle: searchText.optional() };

export const personFilters = z.strictObject(filters);
export const personQuery = z.strictObject({
  ...pageQuery,
  ...filters,
  sort: sortOf(personSorts).default('lastName'),
});

const fields = {
  firstName: optionalText(100),
  jobTitle: optionalText(150),
  email: optionalEmail,
  phone: optionalPhone,
  organisationId: z.uuid().nullable(),
  ownerId: z.uuid(),
  notes: optionalText(20_000),
  externalId: optionalText(100),
};

/** What a form sends to make a person: a last name is enough. */
export const personInput = z.strictObject({ lastName: text(100), ...z.object(fields).partial().shape });
/** What a form sends to change one: only what changed. */
export const personChange = personInput.partial();

/** A row of a list. `organisationDeleted` says that the organisation is in the bin. */
export const personRow = z.strictObject({
  id: z.uuid(),
  firstName: z.string().nullable(),
  lastName: z.string(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  phoneRaw: z.string().nullable(),
  organisationId: z.uuid().nullable(),
  organisationName: z.string().nullable(),
  organisationDeleted: z.boolean(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  updatedAt: z.iso.datetime({ offset: true }),
  deletedAt: z.iso.datetime({ offset: true }).nullable(),
});

export const person = personRow.extend({
  notes: z.string().nullable(),
  externalId: z.string().nullable(),
  createdAt: z.iso.datetime({ offset: true }),
});

/** A short form to choose from or to compare with. */
export const personChoice = z.strictObject({
  id: z.uuid(),
  firstName: z.string().nullable(),
  lastName: z.string(),
  organisationName: z.string().nullable(),
});

const read = { resource: 'people', action: 'read' } as const;
const create = { resource: 'people', action: 'create' } as const;
const update = { resource: 'people', action: 'update' } as const;
const remove = { resource: 'people', action: 'delete' } as const;

export const peopleRoutes = {
  list: route({
    name: 'people.list',
    method: 'GET',
    path: '/api/v1/people',
    summary: 'People, a page at a time',
    access: read,
    query: personQuery,
    answer: pageOf(personRow),
  }),
  count: route({
    name: 'people.count',
    method: 'GET',
    path: '/api/v1/people/count',
    summary: 'How many people a list would hold',
    access: read,
    query: personFilters,
    answer: count,
  }),
  search: route({
    name: 'people.search',
    method: 'GET',
    path: '/api/v1/people/search',
    summary: 'The first ten people that match, to choose from',
    access: read,
    query: z.strictObject({ q: searchText.default('') }),
    answer: z.strictObject({ items: z.array(personChoice) }),
  }),
  duplicates: route({
    name: 'people.duplicates',
    method: 'GET',
    path: '/api/v1/people/duplicates',
    summary: 'People who look like the one being typed',
    access: read,
    query: z.strictObject({
      firstName: searchText.optional(),
      lastName: searchText.optional(),
      email: searchText.optional(),
      phone: searchText.optional(),
      country: country.optional(),
      /** The record being edited, which is no duplicate of itself. */
      except: z.uuid().optional(),
    }),
    answer: z.strictObject({ items: z.array(personChoice.extend({ because: z.array(likeness) })) }),
  }),
  get: route({
    name: 'people.get',
    method: 'GET',
    path: '/api/v1/people/:id',
    summary: 'One person',
    access: read,
    params: idParams,
    answer: person,
  }),
  create: route({
    name: 'people.create',
    method: 'POST',
    path: '/api/v1/people',
    summary: 'Make a person',
    access: create,
    body: personInput,
    answer: person,
    status: 201,
  }),
  update: route({
    name: 'people.update',
    method: 'PATCH',
    path: '/api/v1/people/:id',
    summary: 'Change a person',
    access: update,
    params: idParams,
    body: personChange,
    answer: person,
    ifMatch: true,
  }),
  delete: route({
    name: 'people.delete',
    method: 'DELETE',
    path: '/api/v1/people/:id',
    summary: 'Put a person into the bin, where they stay for 30 days',
    access: remove,
    params: idParams,
    status: 204,
  }),
  restore: route({
    name: 'people.restore',
    method: 'POST',
    path: '/api/v1/people/:id/restore',
    summary: 'Take a person out of the bin',
    access: remove,
    params: idParams,
    answer: person,
  }),
  import: route({
    name: 'people.import',
    method: 'POST',
    path: '/api/v1/people/import',
    summary: 'Bring in people from a CSV file; again updates by external id',
    access: { resource: 'people', action: 'import' },
    query: importQuery,
    csv: true,
    answer: importAnswer,
  }),
};
