import { randomUUID } from 'node:crypto';
import type { RouteRequest } from '@vif/contract';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { tokenHash } from '../auth/one-time-token.ts';
import { signInIfAllowed } from '../auth/sign-in-if-allowed.ts';
import type { RequestContext } from '../doors/context.ts';
import { write } from '../doors/write.ts';
import { type PublicContext, serve } from '../http/serve.ts';
import { VifError } from '../problems/vif-error.ts';

/** The first administrator and workspace, by the address printed at start; afterwards it answers 404. */
export function setupRoutes(app: FastifyInstance): void {
  serve(app, 'setup.get', async (ctx, { params }) => {
    await requireOpen(ctx, params.token);
    return { open: true as const };
  });
  serve(app, 'setup.run', async (ctx, { params, body, house, raw, reply }) => {
    await requireOpen(ctx, params.token); // before a password is hashed for somebody who only guesses
    const { password } = await house.auth.$context;
    await setUp(ctx, params.token, body, await password.hash(body.password));
    await signInIfAllowed(house, { email: body.email, password: body.password }, raw, reply);
  });
}

async function requireOpen({ house }: PublicContext, token: string) {
  const { rowCount } = await house.authPool.query(
    'select from vif.setup_tokens where hash = $1 and not exists (select from auth.organization)',
    [tokenHash(token)],
  );
  if (!rowCount) throw new VifError('not_found');
}

async function setUp(
  { house, requestId, language }: PublicContext,
  token: string,
  body: RouteRequest<'setup.run'>['body'],
  passwordHash: string,
) {
  const ctx: RequestContext = {
    database: house.database,
    requestId,
    language,
    user: { id: randomUUID(), name: body.name, email: body.email },
    workspace: { id: randomUUID(), name: body.workspace, country: body.country },
    role: 'admin',
    sessionId: '',
  };
  await write(ctx, 'setup.run', async (db) => {
    const { rows } = await sql<{ done: boolean }>`
      select app.set_up(${tokenHash(token)}, ${body.workspace}, ${body.country}, ${ctx.user.id}::uuid,
        ${body.name}, ${body.email}, ${passwordHash}) as done`.execute(db);
    if (!rows[0]?.done) throw new VifError('not_found');
  });
}
