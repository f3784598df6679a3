import type { RouteRequest } from '@vif/contract';
import { VifError } from '../problems/vif-error.ts';
import { personNameKey } from '../records/name-key.ts';
import { readPhoneNumber } from '../records/phone-number.ts';
import { searchTextOf } from '../records/search-text.ts';

type Input = RouteRequest<'people.create'>['body'] & { ownerId: string };

/**
 * A person's columns from what a form holds, with those that are made from others.
 * @param country reads the phone: the organisation's, else the workspace's
 * @param phoneRule `refuse` for a form; an import keeps an impossible phone as raw text
 * @throws {VifError} `invalid_input` for a phone that cannot be one
 */
export function personColumns(input: Input, country: string, phoneRule: 'refuse' | 'keep' = 'refuse') {
  const { phone, phoneRaw, national } = readPhoneNumber(input.phone ?? null, country);
  if (phoneRaw !== null && phone === null && phoneRule === 'refuse') {
    throw new VifError('invalid_input', { fields: [{ path: ['phone'], code: 'invalid_phone' }] });
  }
  const firstName = input.firstName ?? null;
  return {
    first_name: firstName,
    last_name: input.lastName,
    job_title: input.jobTitle ?? null,
    email: input.email ?? null,
    phone,
    phone_raw: phoneRaw,
    organisation_id: input.organisationId ?? null,
    owner_id: input.ownerId,
    notes: input.notes ?? null,
    external_id: input.externalId ?? null,
    search_text: searchTextOf(
      [firstName, input.lastName, input.email ?? null],
      [phone ?? phoneRaw, national],
    ),
    name_key: personNameKey(firstName, input.lastName),
  };
}
