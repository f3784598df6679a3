import type { RouteInput } from '@vif/contract';
import type { Person } from './people.reads.ts';

/** A person as their form and their facts hold them: text that is none is blank. */
export type PersonFields = {
  firstName: string;
  lastName: string;
  jobTitle: string;
  organisationId: string | null;
  email: string;
  phone: string;
  ownerId: string;
  notes: string;
  externalId: string;
};

/** What a form of a new person begins with. */
export function newPerson(ownerId: string, organisationId: string | null): PersonFields {
  const blank = {
    firstName: '',
    lastName: '',
    jobTitle: '',
    email: '',
    phone: '',
    notes: '',
    externalId: '',
  };
  return { ...blank, ownerId, organisationId };
}

/** A record's fields; its phone as it was typed, for that is what is edited. */
export function fieldsOf(record: Person): PersonFields {
  return {
    firstName: record.firstName ?? '',
    lastName: record.lastName,
    jobTitle: record.jobTitle ?? '',
    organisationId: record.organisationId,
    email: record.email ?? '',
    phone: record.phoneRaw ?? record.phone ?? '',
    ownerId: record.ownerId,
    notes: record.notes ?? '',
    externalId: record.externalId ?? '',
  };
}

/** What is sent to make a person: the fields that say something. */
export function inputOf(values: PersonFields): RouteInput<'people.create'>['body'] {
  const said = Object.entries(values).filter(([, value]) => value !== '' && value !== null);
  return { lastName: values.lastName, ...Object.fromEntries(said) };
}
