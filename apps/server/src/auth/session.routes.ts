import type { RouteAnswer } from '@vif/contract';
import type { FastifyInstance } from 'fastify';
import type { RequestContext } from '../doors/context.ts';
import type { House } from '../house.ts';
import { serve } from '../http/serve.ts';
import { VifError } from '../problems/vif-error.ts';
import { callLibrary } from './library-call.ts';
import { membershipsOf } from './memberships.ts';
import { moveSession } from './move-session.ts';
import type { SignedIn } from './signed-in.ts';
import { signedInBy } from './signed-in-by.ts';

/** Signing in and out, and what a user does with their own account. */
export function sessionRoutes(app: FastifyInstance): void {
  serve(app, 'session.signIn', async (_ctx, { body, house, raw, reply }) => {
    const token = await callLibrary(house, '/sign-in/email', { ...body, rememberMe: true }, raw, reply);
    await requireWorkspace(house, token);
  });
  serve(app, 'session.signOut', (_ctx, { house, raw, reply }) =>
    callLibrary(house, '/sign-out', {}, raw, reply),
  );
  serve(app, 'me.get', async (ctx, { house, raw }) =>
    describe(ctx, await signedInBy(house, raw.headers.cookie)),
  );
  serve(app, 'me.changePassword', async (ctx, { body, house, raw, reply }) => {
    const change = { currentPassword: body.current, newPassword: body.next, revokeOtherSessions: true };
    try {
      const token = await callLibrary(house, '/change-password', change, raw, reply);
      await moveSession(house, { token }, ctx.workspace.id);
    } catch (error) {
      if (!(error instanceof VifError) || error.code !== 'wrong_credentials') throw error;
      throw new VifError('invalid_input', { fields: [{ path: ['current'], code: 'wrong_password' }] });
    }
  });
  serve(app, 'me.switchWorkspace', async (ctx, { body, house }) => {
    const memberships = await membershipsOf(house.authPool, ctx.user.id);
    const chosen = memberships.find(({ workspace }) => workspace.id === body.id);
    if (!chosen) throw new VifError('not_found');
    await moveSession(house, { id: ctx.sessionId }, body.id);
    return describe({ ...ctx, ...chosen }, { memberships });
  });
}

/** Somebody who was removed from their last workspace has a password and nowhere to go: their session ends again. */
async function requireWorkspace(house: House, token: string | undefined) {
  const { rowCount } = await house.authPool.query(
    `delete from auth.session s where token = $1
     and not exists (select from auth.member m where m."userId" = s."userId")`,
    [token],
  );
  if (rowCount) throw new VifError('forbidden');
}

function describe(
  ctx: RequestContext,
  { memberships }: Pick<SignedIn, 'memberships'>,
): RouteAnswer<'me.get'> {
  return {
    ...ctx.user,
    workspace: { ...ctx.workspace, role: ctx.role },
    workspaces: memberships.map(({ workspace, role }) => ({ ...workspace, role })),
  };
}
