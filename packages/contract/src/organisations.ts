import { z } from 'zod';
import { optionalEmail, optionalPhone, optionalSiren, optionalWebsite } from './contact-fields.ts';
import { country, optionalCountry } from './country.ts';
import { importAnswer, importQuery } from './imports.ts';
import { count, idParams, pageOf, pageQuery, recordFilters, sortOf } from './page.ts';
import { route } from './route.ts';
import { flag, optionalText, searchText, text } from './text.ts';

export const organisationSorts = [
  'name',
  'category',
  'active',
  'email',
  'phone',
  'city',
  'country',
  'annualRevenue',
  'owner',
  'updatedAt',
] as const;

const filters = {
  ...recordFilters,
  category: searchText.optional(),
  city: searchText.optional(),
  country: country.optional(),
  active: flag.optional(),
};

export const organisationFilters = z.strictObject(filters);
export const organisationQuery = z.strictObject({
  ...pageQuery,
  ...filters,
  sort: sortOf(organisationSorts).default('name'),
});

/** Euros and cents would not fit a double past this; no organisation on earth does. */
const revenue = z.number().min(0).max(1e13).multipleOf(0.01);

const fields = {
  category: optionalText(100),
  active: z.boolean(),
  email: optionalEmail,
  phone: optionalPhone,
  website: optionalWebsite,
  address: optionalText(500),
  postalCode: optionalText(20),
  city: optionalText(100),
  country: optionalCountry,
  siren: optionalSiren,
  annualRevenue: revenue.nullable(),
  ownerId: z.uuid(),
  notes: optionalText(20_000),
  externalId: optionalText(100),
};

/** What a form sends to make an organisation: a name is enough; the owner is who makes it unless said otherwise. */
export const organisationInput = z.strictObject({ name: text(200), ...z.object(fields).partial().shape });
/** What a form sends to change one: only what changed. */
export const organisationChange = organisationInput.partial();

/** A row of a list. `phone` is E.164 where the input could be read as a number; `phoneRaw` is what was typed. */
export const organisationRow = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  category: z.string().nullable(),
  active: z.boolean(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  phoneRaw: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  annualRevenue: z.number().nullable(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  updatedAt: z.iso.datetime({ offset: true }),
  deletedAt: z.iso.datetime({ offset: true }).nullable(),
});

const organisationPerson = z.strictObject({
  id: z.uuid(),
  firstName: z.string().nullable(),
  lastName: z.string(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  phoneRaw: z.string().nullable(),
});

/** One organisation with the first 100 of its people by name, and how many there are. */
export const organisation = organisationRow.extend({
  website: z.string().nullable(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  siren: z.string().nullable(),
  notes: z.string().nullable(),
  externalId: z.string().nullable(),
  createdAt: z.iso.datetime({ offset: true }),
  people: z.array(organisationPerson),
  peopleTotal: z.int(),
});

/** A short form to choose from or to compare with. */
export const organisationChoice = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  city: z.string().nullable(),
  country: z.string().nullable(),
});

/** Why a record looks like the one being typed. */
export const likeness = z.enum(['name', 'email', 'phone', 'website', 'siren']);

const read = { resource: 'organisations', action: 'read' } as const;
const create = { resource: 'organisations', action: 'create' } as const;
const update = { resource: 'organisations', action: 'update' } as const;
const remove = { resource: 'organisations', action: 'delete' } as const;

export const organisationRoutes = {
  list: route({
    name: 'organisations.list',
    method: 'GET',
    path: '/api/v1/organisations',
    summary: 'Organisations, a page at a time',
    access: read,
    query: organisationQuery,
    answer: pageOf(organisationRow),
  }),
  count: route({
    name: 'organisations.count',
    method: 'GET',
    path: '/api/v1/organisations/count',
    summary: 'How many organisations a list would hold',
    access: read,
    query: organisationFilters,
    answer: count,
  }),
  search: route({
    name: 'organisations.search',
    method: 'GET',
    path: '/api/v1/organisations/search',
    summary: 'The first ten organisations that match, to choose from',
    access: read,
    query: z.strictObject({ q: searchText.default('') }),
    answer: z.strictObject({ items: z.array(organisationChoice) }),
  }),
  categories: route({
    name: 'organisations.categories',
    method: 'GET',
    path: '/api/v1/organisations/categories',
    summary: 'The categories in use',
    access: read,
    answer: z.strictObject({ items: z.array(z.string()) }),
  }),
  duplicates: route({
    name: 'organisations.duplicates',
    method: 'GET',
    path: '/api/v1/organisations/duplicates',
    summary: 'Organisations that look like the one being typed',
    access: read,
    query: z.strictObject({
      name: searchText.optional(),
      email: searchText.optional(),
      phone: searchText.optional(),
      country: country.optional(),
      website: searchText.optional(),
      siren: searchText.optional(),
      /** The record being edited, which is no duplicate of itself. */
      except: z.uuid().optional(),
    }),
    answer: z.strictObject({ items: z.array(organisationChoice.extend({ because: z.array(likeness) })) }),
  }),
  get: route({
    name: 'organisations.get',
    method: 'GET',
    path: '/api/v1/organisations/:id',
    summary: 'One organisation with its people',
    access: read,
    params: idParams,
    answer: organisation,
  }),
  create: route({
    name: 'organisations.create',
    method: 'POST',
    path: '/api/v1/organisations',
    summary: 'Make an organisation',
    access: create,
    body: organisationInput,
    answer: organisation,
    status: 201,
  }),
  update: route({
    name: 'organisations.update',
    method: 'PATCH',
    path: '/api/v1/organisations/:id',
    summary: 'Change an organisation',
    access: update,
    params: idParams,
    body: organisationChange,
    answer: organisation,
    ifMatch: true,
  }),
  delete: route({
    name: 'organisations.delete',
    method: 'DELETE',
    path: '/api/v1/organisations/:id',
    summary: 'Put an organisation into the bin, where it stays for 30 days',
    access: remove,
    params: idParams,
    status: 204,
  }),
  restore: route({
    name: 'organisations.restore',
    method: 'POST',
    path: '/api/v1/organisations/:id/restore',
    summary: 'Take an organisation out of the bin',
    access: remove,
    params: idParams,
    answer: organisation,
  }),
  import: route({
    name: 'organisations.import',
    method: 'POST',
    path: '/api/v1/organisations/import',
    summary: 'Bring in organisations from a CSV file; again updates by external id',
    access: { resource: 'organisations', action: 'import' },
    query: importQuery,
    csv: true,
    answer: importAnswer,
  }),
};
