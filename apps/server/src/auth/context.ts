import type { Awaitable } from '@vif/cache';
import type { Language, RequestContext } from '../doors/context.ts';
import type { House } from '../house.ts';
import { VifError } from '../problems/vif-error.ts';
import type { SignedIn } from './signed-in.ts';
import { knownBy, signedInBy } from './signed-in-by.ts';

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
  readonly signedIn: SignedIn;
}

/**
 * Makes the request's context from its session; at once where memory knows that.
 * @throws {VifError} `not_signed_in`; `workspace_changed` when another tab switched to another workspace
 */
export function resolveContext(house: House, asking: Asking): Awaitable<Resolved> {
  const known = knownBy(house, asking.cookie);
  return known ? resolved(house, asking, known, []) : lookUp(house, asking);
}

async function lookUp(house: House, asking: Asking): Promise<Resolved> {
  let setCookie: string[] = [];
  const signedIn = await signedInBy(house, asking.cookie, (cookies) => {
    setCookie = cookies;
  });
  return resolved(house, asking, signedIn, setCookie);
}

function resolved(house: House, asking: Asking, signedIn: SignedIn, setCookie: string[]): Resolved {
  const { sessionId, user, active } = signedIn;
  if (!active) throw new VifError('not_signed_in');
  if (asking.workspace !== undefined && asking.workspace !== active.workspace.id) {
    throw new VifError('workspace_changed');
  }
  const context: RequestContext = {
    database: house.database,
    answers: house.cache.answers,
    changes: house.cache.changes,
    opaque: house.opaque.in(active.workspace.id, active.role),
    requestId: asking.requestId,
    language: asking.language,
    user,
    workspace: active.workspace,
    role: active.role,
    sessionId,
  };
  return { context, setCookie, signedIn };
}
