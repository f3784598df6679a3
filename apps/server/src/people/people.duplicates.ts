import type { RouteAnswer, RouteRequest } from '@vif/contract';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { findLike } from '../records/likeness.ts';
import { personNameKey } from '../records/name-key.ts';
import { readPhoneNumber } from '../records/phone-number.ts';

type Asked = RouteRequest<'people.duplicates'>['query'];

/** People who look like the one being typed: nearly the same name, or the same e-mail or phone. */
export async function findLikePeople(
  db: Db,
  asked: Asked,
  workspaceCountry: string,
): Promise<RouteAnswer<'people.duplicates'>> {
  const { phone } = readPhoneNumber(asked.phone?.trim() || null, asked.country ?? workspaceCountry);
  const key = asked.lastName ? personNameKey(asked.firstName ?? null, asked.lastName) : '';
  const choices = db
    .selectFrom('app.people as r')
    .select([
      'r.id',
      'r.first_name as firstName',
      'r.last_name as lastName',
      'r.organisation_name as organisationName',
    ]);
  const items = await findLike(choices, asked.except, {
    ...(key && { name: sql`r.name_key % ${key}` }),
    ...(asked.email && { email: sql`lower(r.email) = ${asked.email.trim().toLowerCase()}` }),
    ...(phone && { phone: sql`r.phone = ${phone}` }),
  });
  return { items };
}
