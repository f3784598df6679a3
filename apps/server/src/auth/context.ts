import type { Language, RequestContext } from '../doors/context.ts';
import type { House } from '../house.ts';
import { VifError } from '../problems/vif-error.ts';
import { membershipsOf } from './memberships.ts';

export interface Asking {
  readonly cookie: string | undefined;
  /** The workspace the caller believes to be in, when it says so. */
  readonly workspace: string | undefined;
  readonly requestId: string;
  readonly language: Language;
}

/** A context, and the cookie to send when the session's life was prolonged. */
export interface Resolved {
  readonly context: RequestContext;
  readonly setCookie: string[];
}

/**
 * Makes the request's context from its session.
 * @throws {VifError} `not_signed_in`; `workspace_changed` when another tab switched to another workspace
 */
export async function resolveContext(house: House, asking: Asking): Promise<Resolved> {
  if (!asking.cookie) throw new VifError('not_signed_in');
  const { response: found, headers } = await findSession(house, asking.cookie);
  if (!found) throw new VifError('not_signed_in');
  const { session, user } = found;
  const memberships = await membershipsOf(house.authPool, user.id);
  const active = memberships.find(({ workspace }) => workspace.id === session.activeOrganizationId);
  if (!active) throw new VifError('not_signed_in');
  if (asking.workspace !== undefined && asking.workspace !== active.workspace.id) {
    throw new VifError('workspace_changed');
  }
  const context: RequestContext = {
    database: house.database,
    requestId: asking.requestId,
    language: asking.language,
    user: { id: user.id, name: user.name, email: user.email },
    workspace: active.workspace,
    role: active.role,
    sessionId: session.id,
  };
  return { context, setCookie: headers.getSetCookie() };
}

/**
 * The library says "internal" to whatever goes wrong, which here can only be the database. Once more on a new
 * connection is enough for one that the server had closed.
 */
async function findSession(house: House, cookie: string) {
  const find = () => house.auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true });
  try {
    return await find().catch(find);
  } catch (cause) {
    throw new VifError('database_unavailable', { cause, retryAfter: 1 });
  }
}
