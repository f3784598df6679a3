import { type RouteName, routes } from '@vif/contract';
import type { Db } from '../db/database.ts';
import { VifError } from '../problems/vif-error.ts';
import type { RequestContext } from './context.ts';
import { requirePermission } from './permission.ts';

/**
 * The one way to write: checks the permission, runs `work` in one transaction of the context's workspace, leaves an
 * audit entry in it and commits before it returns. A role that may touch only its own records is held to that by the
 * database. `work` may run again after a deadlock, so it does database work only; where it returns a record, its `id`
 * is the audit entry's subject.
 *
 * @throws {VifError} `forbidden`, `not_owner`, `outcome_unknown`, or whatever the work throws; then nothing was written
 * @example write(ctx, 'organisations.delete', (db) => binOrganisation(db, params.id))
 */
export async function write<T>(
  ctx: RequestContext,
  name: RouteName,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const reach = requirePermission(ctx, name);
  const scope = { workspaceId: ctx.workspace.id, ownerId: reach === 'own' ? ctx.user.id : undefined };
  return ctx.database.write(scope, async (db) => {
    // Sent before the work and awaited behind it: a role lost while an upload was on its way is a role no longer.
    const standing = standingOf(db, ctx, name);
    const result = await work(db);
    await standing;
    await db
      .insertInto('app.audit_entries')
      .values({ user_id: ctx.user.id, operation: name, subject_id: idOf(result), request_id: ctx.requestId })
      .execute();
    return result;
  });
}

/**
 * Whether who asks is still what the request's context says; the session was looked at when the request began.
 * @throws {VifError} `not_signed_in` when they left the workspace or have another role
 */
function standingOf(db: Db, ctx: RequestContext, name: RouteName): Promise<void> {
  // Who joins or sets up is not a member yet; a one-time token vouches for them.
  if (routes[name].access === 'public') return Promise.resolve();
  const standing = requireStanding(db, ctx);
  standing.catch(() => undefined); // awaited behind the work; until then it is not unhandled
  return standing;
}

async function requireStanding(db: Db, ctx: RequestContext): Promise<void> {
  const member = await db
    .selectFrom('app.members')
    .select('role')
    .where('user_id', '=', ctx.user.id)
    .executeTakeFirst();
  if (member?.role !== ctx.role) throw new VifError('not_signed_in');
}

function idOf(result: unknown): string | null {
  return typeof result === 'object' && result !== null && 'id' in result && typeof result.id === 'string'
    ? result.id
    : null;
}
