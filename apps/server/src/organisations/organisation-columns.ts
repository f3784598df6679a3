import type { RouteRequest } from '@vif/contract';
import { VifError } from '../problems/vif-error.ts';
import { organisationNameKey } from '../records/name-key.ts';
import { readPhoneNumber } from '../records/phone-number.ts';
import { searchTextOf } from '../records/search-text.ts';

type Input = RouteRequest<'organisations.create'>['body'] & { ownerId: string; active: boolean };

/**
 * An organisation's columns from what a form holds, with those that are made from others.
 * @param country of the workspace, which reads the phone when the organisation names none
 * @param phoneRule `refuse` for a form; an import keeps an impossible phone as raw text
 * @throws {VifError} `invalid_input` for a phone that cannot be one
 */
export function organisationColumns(input: Input, country: string, phoneRule: 'refuse' | 'keep' = 'refuse') {
  const { phone, phoneRaw, national } = readPhoneNumber(input.phone ?? null, input.country ?? country);
  if (phoneRaw !== null && phone === null && phoneRule === 'refuse') {
    throw new VifError('invalid_input', { fields: [{ path: ['phone'], code: 'invalid_phone' }] });
  }
  return {
    name: input.name,
    category: input.category ?? null,
    active: input.active,
    email: input.email ?? null,
    phone,
    phone_raw: phoneRaw,
    website: input.website ?? null,
    address: input.address ?? null,
    postal_code: input.postalCode ?? null,
    city: input.city ?? null,
    country: input.country ?? null,
    siren: input.siren ?? null,
    annual_revenue: input.annualRevenue ?? null,
    owner_id: input.ownerId,
    notes: input.notes ?? null,
    external_id: input.externalId ?? null,
    search_text: searchTextOf(
      [input.name, input.email ?? null, input.siren ?? null],
      [phone ?? phoneRaw, national],
    ),
    name_key: organisationNameKey(input.name),
  };
}
