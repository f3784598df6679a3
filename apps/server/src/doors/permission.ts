import { type RouteName, routes } from '@vif/contract';
import { type Scope, scopeOf } from '@vif/contract/permissions';
import { VifError } from '../problems/vif-error.ts';
import type { RequestContext } from './context.ts';

/**
 * How far the context's role reaches in an operation.
 * @throws {VifError} `forbidden` when it does not reach at all
 */
export function requirePermission(
  ctx: Pick<RequestContext, 'role'>,
  name: RouteName,
): Exclude<Scope, 'none'> {
  const { access } = routes[name];
  if (typeof access === 'string') return 'all';
  const scope = scopeOf(ctx.role, access.resource, access.action);
  if (scope === 'none') throw new VifError('forbidden');
  return scope;
}
