import type { RouteAnswer } from '@vif/contract';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { VifError } from '../problems/vif-error.ts';

type MemberList = RouteAnswer<'members.list'>;

/** The members a record can belong to, by name. */
export async function listOwners(db: Db): Promise<RouteAnswer<'owners.list'>> {
  const items = await db
    .selectFrom('app.users as u')
    .select(['u.id', 'u.name'])
    .orderBy(sql`u.name collate app.reading`)
    .orderBy('u.id')
    .execute();
  return { items };
}

function memberRows(db: Db) {
  return db
    .selectFrom('app.members as m')
    .innerJoin('app.users as u', 'u.id', 'm.user_id')
    .select(['u.id', 'u.name', 'u.email', 'm.role', 'm.joined_at as joinedAt'])
    .select([
      sql<number>`(select count(*) from app.organisations o where o.owner_id = m.user_id)`.as(
        'organisations',
      ),
      sql<number>`(select count(*) from app.people p where p.owner_id = m.user_id)`.as('people'),
    ]);
}

/** Members by name with how many records each owns, and the invitations that are still good. */
export async function listMembers(db: Db): Promise<MemberList> {
  const [items, invitations] = await Promise.all([
    memberRows(db).orderBy(sql`u.name collate app.reading`).orderBy('u.id').execute(),
    db
      .selectFrom('app.invitations as i')
      .leftJoin('app.users as u', 'u.id', 'i.inviter_id')
      .select(['i.id', 'i.email', 'i.role', 'i.expires_at as expiresAt'])
      .select(sql<string>`coalesce(u.name, '')`.as('invitedBy'))
      .where(sql<boolean>`i.expires_at > now()`)
      .orderBy('i.email')
      .execute(),
  ]);
  return { items, invitations };
}

/** @throws {VifError} `not_found` */
export async function getMember(db: Db, id: string): Promise<MemberList['items'][number]> {
  const member = await memberRows(db).where('u.id', '=', id).executeTakeFirst();
  if (!member) throw new VifError('not_found');
  return member;
}
