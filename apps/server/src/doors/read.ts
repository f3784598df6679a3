import { type Route, type RouteAnswer, type RouteName, routes } from '@vif/contract';
import type { Db } from '../db/database.ts';
import type { RequestContext } from './context.ts';
import { type Entry, entryOf } from './entry.ts';
import { requirePermission } from './permission.ts';

/**
 * The one way to read: checks the permission, runs `loader` on one snapshot of the context's workspace and checks what
 * it gives against the contract. `params` is what the answer depends on besides the context.
 *
 * @throws {VifError} `forbidden`, or whatever the loader throws
 * @example read(ctx, 'organisations.get', params, (db) => getOrganisation(db, params.id))
 */
export async function read<N extends RouteName>(
  ctx: RequestContext,
  name: N,
  _params: unknown,
  loader: (db: Db) => Promise<RouteAnswer<N>>,
): Promise<Entry> {
  requirePermission(ctx, name);
  const answer = await ctx.database.read({ workspaceId: ctx.workspace.id }, loader);
  return { ...entryOf(answerOf(name, answer)), cacheStatus: 'vif; fwd=bypass' };
}

/** An answer as the contract has it; a row that does not fit is a fault of ours, found here and not by a client. */
export function answerOf(name: RouteName, answer: unknown): unknown {
  const { answer: schema }: Route = routes[name];
  return schema ? schema.parse(answer) : undefined;
}
