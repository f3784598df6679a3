import { randomUUID } from 'node:crypto';
import type { RouteRequest } from '@vif/contract';
import { newPassword } from '@vif/contract/session';
import type { FastifyInstance } from 'fastify';
import { callLibrary } from '../auth/library-call.ts';
import { moveSession } from '../auth/move-session.ts';
import { tokenHash } from '../auth/one-time-token.ts';
import { signInIfAllowed } from '../auth/sign-in-if-allowed.ts';
import type { RequestContext, Workspace } from '../doors/context.ts';
import { write } from '../doors/write.ts';
import type { House } from '../house.ts';
import { type PublicContext, serve } from '../http/serve.ts';
import { validate } from '../problems/validate.ts';
import { VifError } from '../problems/vif-error.ts';
import { acceptInvitation } from './invitations.writes.ts';

interface Invited {
  readonly email: string;
  readonly workspace: Workspace;
  /** The account the address has already, in another workspace. */
  readonly userId: string | null;
}

/** Joining a workspace by the link an administrator made; public, guarded by the link's token. */
export function invitationRoutes(app: FastifyInstance): void {
  serve(app, 'invitations.get', async (_ctx, { params, house }) => {
    const { email, workspace, userId } = await invitedBy(house, params.token);
    return { email, workspace: workspace.name, hasAccount: userId !== null };
  });
  serve(app, 'invitations.accept', async (ctx, { params, body, house, raw, reply }) => {
    const invited = await invitedBy(house, params.token);
    const signIn = { email: invited.email, password: body.password };
    if (invited.userId === null) {
      await join(ctx, params.token, invited, body);
      await signInIfAllowed(house, signIn, raw, reply);
    } else {
      // Who has an account proves it first; the session that this opens then moves to the workspace joined.
      const session = await callLibrary(house, '/sign-in/email', signIn, raw, reply);
      await join(ctx, params.token, invited, null);
      await moveSession(house, { token: session }, invited.workspace.id);
    }
  });
}

async function invitedBy(house: House, token: string): Promise<Invited> {
  const { rows } = await house.authPool.query<{ email: string; userId: string | null } & Workspace>(
    `select i.email, o.id, o.name, o.country, u.id as "userId"
     from auth.invitation i join auth.organization o on o.id = i."organizationId"
     left join auth."user" u on u.email = i.email
     where i."tokenHash" = $1 and i."expiresAt" > now()`,
    [tokenHash(token).toString('hex')],
  );
  const row = rows[0];
  if (!row) throw new VifError('not_found');
  return {
    email: row.email,
    userId: row.userId,
    workspace: { id: row.id, name: row.name, country: row.country },
  };
}

async function join(
  { house, requestId, language }: PublicContext,
  token: string,
  invited: Invited,
  account: RouteRequest<'invitations.accept'>['body'] | null,
) {
  const name = account?.name ?? '';
  if (account) {
    if (!name) throw new VifError('invalid_input', { fields: [{ path: ['name'], code: 'required' }] });
    validate(newPassword, account.password, language, ['password']);
  }
  const { password } = await house.auth.$context;
  const passwordHash = account && (await password.hash(account.password));
  const user = { id: invited.userId ?? randomUUID(), name, email: invited.email };
  const ctx: RequestContext = {
    database: house.database,
    requestId,
    language,
    user,
    workspace: invited.workspace,
    role: 'readonly', // the least: the invitation says what they become
    sessionId: '',
  };
  await write(ctx, 'invitations.accept', (db) => acceptInvitation(db, token, user, passwordHash));
}
