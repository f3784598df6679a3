import type { FastifyInstance } from 'fastify';
import { read } from '../doors/read.ts';
import { write } from '../doors/write.ts';
import { serve } from '../http/serve.ts';
import { cancelInvitation, invite } from './invitations.writes.ts';
import { listMembers, listOwners } from './members.queries.ts';
import { changeRole, removeMember } from './members.writes.ts';

/** @param url Vif's public address, which links are made from */
export function memberRoutes(app: FastifyInstance, url: string): void {
  serve(app, 'owners.list', (ctx) => read(ctx, 'owners.list', {}, listOwners));
  serve(app, 'members.list', (ctx) => read(ctx, 'members.list', {}, listMembers));
  serve(app, 'members.invite', (ctx, { body }) =>
    write(ctx, 'members.invite', (db) => invite(db, ctx, url, body)),
  );
  serve(app, 'members.cancelInvitation', (ctx, { params }) =>
    write(ctx, 'members.cancelInvitation', (db) => cancelInvitation(db, params.id)),
  );
  serve(app, 'members.update', (ctx, { params, body }) =>
    write(ctx, 'members.update', (db) => changeRole(db, ctx, params.id, body.role)),
  );
  serve(app, 'members.remove', (ctx, { params, query }) =>
    write(ctx, 'members.remove', (db) => removeMember(db, ctx, params.id, query.successor ?? ctx.user.id)),
  );
}
