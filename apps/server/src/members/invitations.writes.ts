import type { RouteRequest } from '@vif/contract';
import { sql } from 'kysely';
import { newToken, tokenHash } from '../auth/one-time-token.ts';
import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import { VifError } from '../problems/vif-error.ts';

/** How long an invitation's link is good. */
const lifetime = 7 * 24 * 3600 * 1000;

/**
 * Makes a one-time link for an address; an earlier one for the same address stops working.
 * @param url Vif's public address, never the request's Host
 * @throws {VifError} `already_member`
 */
export async function invite(
  db: Db,
  ctx: RequestContext,
  url: string,
  body: RouteRequest<'members.invite'>['body'],
) {
  const email = body.email.toLowerCase();
  const member = await db.selectFrom('app.users').select('id').where('email', '=', email).executeTakeFirst();
  if (member) throw new VifError('already_member', { fields: [{ path: ['email'], code: 'already_member' }] });
  await db.deleteFrom('app.invitations').where('email', '=', email).execute();
  const token = newToken();
  const invitation = await db
    .insertInto('app.invitations')
    .values({
      email,
      role: body.role,
      expires_at: new Date(Date.now() + lifetime).toISOString(),
      inviter_id: ctx.user.id,
      token_hash: tokenHash(token).toString('hex'),
    })
    .returning(['id', 'expires_at as expiresAt'])
    .executeTakeFirstOrThrow();
  return { ...invitation, email, role: body.role, invitedBy: ctx.user.name, link: `${url}/join/${token}` };
}

/** @throws {VifError} `not_found` */
export async function cancelInvitation(db: Db, id: string) {
  const row = await db.deleteFrom('app.invitations').where('id', '=', id).returning('id').executeTakeFirst();
  if (!row) throw new VifError('not_found');
  return row;
}

/**
 * Turns the link into a membership, once.
 * @param passwordHash null when the account exists, its password checked by the caller
 * @throws {VifError} `not_found` when the link is no longer good
 */
export async function acceptInvitation(
  db: Db,
  token: string,
  newUser: { id: string; name: string },
  passwordHash: string | null,
) {
  const { rows } = await sql<{ id: string | null }>`
    select app.accept_invitation(${tokenHash(token).toString('hex')}, ${newUser.id}::uuid, ${newUser.name}, ${passwordHash}) as id
  `.execute(db);
  const id = rows[0]?.id;
  if (!id) throw new VifError('not_found');
  return { id };
}
