import type { Language, RequestContext } from '../doors/context.ts';
import type { House } from '../house.ts';
import { VifError } from '../problems/vif-error.ts';
import { libraryFault } from './library-fault.ts';
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
  const { response: found, headers } = await house.auth.api
    .getSession({ headers: new Headers({ cookie: asking.cookie }), returnHeaders: true })
    .catch(async (error: unknown) => {
      throw await libraryFault(house, error);
    });
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
