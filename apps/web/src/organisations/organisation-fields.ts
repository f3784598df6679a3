import type { RouteInput } from '@vif/contract';
import type { Organisation } from './organisations.reads.ts';

/** An organisation as its form and its facts hold it: text that is none is blank. */
export type OrganisationFields = {
  name: string;
  category: string;
  active: boolean;
  email: string;
  phone: string;
  website: string;
  address: string;
  postalCode: string;
  city: string;
  country: string;
  siren: string;
  annualRevenue: number | null;
  ownerId: string;
  notes: string;
  externalId: string;
};

/** What a form of a new organisation begins with. */
export function newOrganisation(ownerId: string, name = ''): OrganisationFields {
  const blank = { category: '', email: '', phone: '', website: '', address: '', postalCode: '', city: '' };
  return {
    ...blank,
    name,
    ownerId,
    active: true,
    country: '',
    siren: '',
    annualRevenue: null,
    notes: '',
    externalId: '',
  };
}

/** A record's fields; its phone as it was typed, for that is what is edited. */
export function fieldsOf(record: Organisation): OrganisationFields {
  return {
    name: record.name,
    category: record.category ?? '',
    active: record.active,
    email: record.email ?? '',
    phone: record.phoneRaw ?? record.phone ?? '',
    website: record.website ?? '',
    address: record.address ?? '',
    postalCode: record.postalCode ?? '',
    city: record.city ?? '',
    country: record.country ?? '',
    siren: record.siren ?? '',
    annualRevenue: record.annualRevenue,
    ownerId: record.ownerId,
    notes: record.notes ?? '',
    externalId: record.externalId ?? '',
  };
}

/** What is sent to make an organisation: the fields that say something. */
export function inputOf(values: OrganisationFields): RouteInput<'organisations.create'>['body'] {
  const said = Object.entries(values).filter(([, value]) => value !== '' && value !== null);
  return { name: values.name, ...Object.fromEntries(said) };
}
