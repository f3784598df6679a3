import type { RouteAnswer, RouteRequest } from '@vif/contract';
import { optionalWebsite } from '@vif/contract/contact-fields';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { findLike } from '../records/likeness.ts';
import { organisationNameKey } from '../records/name-key.ts';
import { readPhoneNumber } from '../records/phone-number.ts';

type Asked = RouteRequest<'organisations.duplicates'>['query'];

/**
 * Organisations that look like the one being typed: nearly the same name, or the same e-mail, phone, website or SIREN.
 */
export async function findLikeOrganisations(
  db: Db,
  asked: Asked,
  workspaceCountry: string,
): Promise<RouteAnswer<'organisations.duplicates'>> {
  const { phone } = readPhoneNumber(asked.phone?.trim() || null, asked.country ?? workspaceCountry);
  const key = asked.name ? organisationNameKey(asked.name) : '';
  const website = optionalWebsite.safeParse(asked.website ?? '').data; // spelled as a saved one is
  const choices = db.selectFrom('app.organisations as r').select(['r.id', 'r.name', 'r.city', 'r.country']);
  const items = await findLike(choices, asked.except, {
    ...(key && { name: sql`r.name_key % ${key}` }),
    ...(asked.email && { email: sql`lower(r.email) = ${asked.email.trim().toLowerCase()}` }),
    ...(phone && { phone: sql`r.phone = ${phone}` }),
    ...(website && { website: sql`r.website = ${website}` }),
    ...(asked.siren && { siren: sql`r.siren = ${asked.siren.replaceAll(/\D/g, '')}` }),
  });
  return { items };
}
