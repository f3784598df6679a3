import type { Role } from '@vif/contract/permissions';
import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import { VifError } from '../problems/vif-error.ts';
import { getMember } from './members.queries.ts';

/**
 * Gives a member another role and ends their sessions, all but the one that asks.
 * @throws {VifError} `not_found`, `last_admin`
 */
export async function changeRole(db: Db, ctx: RequestContext, id: string, role: Role) {
  const current = await lockMembers(db, id);
  if (current !== role) {
    if (current === 'admin') await requireAnotherAdmin(db, id);
    await db.updateTable('app.members').set({ role }).where('user_id', '=', id).execute();
    await endSessions(db, ctx, id);
    await withdrawInvitations(db, id);
  }
  return getMember(db, id);
}

/**
 * Ends a membership. What they own, the bin included, passes to `successor`, so that no record is without an owner.
 * @throws {VifError} `not_found`, `last_admin`, `unknown_reference` for a successor who is no other member
 */
export async function removeMember(db: Db, ctx: RequestContext, id: string, successor: string) {
  const role = await lockMembers(db, id);
  if (role === 'admin') await requireAnotherAdmin(db, id);
  const heir = await db
    .selectFrom('app.members')
    .select('user_id')
    .where('user_id', '=', successor)
    .executeTakeFirst();
  if (!heir || heir.user_id === id) {
    throw new VifError('unknown_reference', { fields: [{ path: ['successor'], code: 'unknown_reference' }] });
  }
  // Now also against who points at this one: a record they are making at this moment is moved too, or not made.
  await db.selectFrom('app.members').select('user_id').where('user_id', '=', id).forUpdate().execute();
  await db.updateTable('app.organisations').set({ owner_id: successor }).where('owner_id', '=', id).execute();
  await db.updateTable('app.people').set({ owner_id: successor }).where('owner_id', '=', id).execute();
  await endSessions(db, ctx, id);
  await withdrawInvitations(db, id);
  await db.deleteFrom('app.members').where('user_id', '=', id).execute();
  return { id };
}

/**
 * Locks every membership of the workspace, so that two administrators cannot remove each other; gives `id`'s role. The
 * lock lets pass those who only point at a member, as every new record does.
 */
async function lockMembers(db: Db, id: string): Promise<Role> {
  const members = await db
    .selectFrom('app.members')
    .select(['user_id', 'role'])
    .orderBy('user_id')
    .forNoKeyUpdate()
    .execute();
  const member = members.find(({ user_id }) => user_id === id);
  if (!member) throw new VifError('not_found');
  return member.role;
}

async function requireAnotherAdmin(db: Db, id: string) {
  const other = await db
    .selectFrom('app.members')
    .select('user_id')
    .where('role', '=', 'admin')
    .where('user_id', '!=', id)
    .executeTakeFirst();
  if (!other) throw new VifError('last_admin', { fields: [{ path: ['role'], code: 'last_admin' }] });
}

async function endSessions(db: Db, ctx: RequestContext, userId: string) {
  const sessions = db.deleteFrom('app.sessions').where('user_id', '=', userId);
  await (ctx.sessionId ? sessions.where('id', '!=', ctx.sessionId) : sessions).execute();
}

/** Links that somebody made and has not lost with their role would let them come back by another address. */
async function withdrawInvitations(db: Db, inviterId: string) {
  await db.deleteFrom('app.invitations').where('inviter_id', '=', inviterId).execute();
}
