import { hash } from 'node:crypto';
import type { Loading, Outcome, ReadOptions } from '@vif/cache';
import type { House } from '../house.ts';
import { VifError } from '../problems/vif-error.ts';
import { surfacingFaults } from './library-faults.ts';
import { membershipsOf } from './memberships.ts';
import type { SignedIn } from './signed-in.ts';

/** The longest that a session is believed without being looked at, in milliseconds; looking also prolongs its life. */
const longestBelief = 300_000;

/** All of that name: which of two the library believes is for the library to decide. */
const sessionCookies = /(?<=^|;\s*)(?:__Secure-)?vif\.session_token=[^;]+/g;

/** In bytes. A session with one membership took 1,540 on the heap, where this, its key and its keeping count 1,814 (Node 24). */
const weight = 1000;

const kept: ReadOptions<SignedIn> = { ttl: longestBelief, bytes: weight };

/**
 * Who the cookie stands for, from the cache: a sign-out, or a write to the user, their sessions or their memberships
 * is effective at the next call.
 *
 * @param cookie the request's Cookie header
 * @param prolong told the cookies to send when the session's life was prolonged
 * @throws {VifError} `not_signed_in`, `database_unavailable`
 */
export async function signedInBy(
  house: House,
  cookie: string | undefined,
  prolong?: (setCookie: string[]) => void,
): Promise<SignedIn> {
  return (await sessionBy(house, cookie, prolong)).value;
}

/**
 * The same, and what ends or changes the session: a write to one of its tags.
 * @throws {VifError} likewise
 */
export async function sessionBy(
  house: House,
  cookie: string | undefined,
  prolong: (setCookie: string[]) => void = () => undefined,
): Promise<Outcome<SignedIn>> {
  const key = keyOf(cookie);
  if (!cookie || key === undefined) throw new VifError('not_signed_in');
  const find = async (loading: Loading<SignedIn>) => {
    const { found, setCookie } = await findSession(house, cookie);
    prolong(setCookie);
    const memberships = await membershipsOf(house.authPool, found.user.id);
    const { id, activeOrganizationId, expiresAt } = found.session;
    const value: SignedIn = {
      sessionId: id,
      user: { id: found.user.id, name: found.user.name, email: found.user.email },
      memberships,
      active: memberships.find(({ workspace }) => workspace.id === activeOrganizationId),
    };
    loading.keepFor(Math.max(0, expiresAt.getTime() - Date.now()));
    return value;
  };
  return house.cache.sessions.read(key, find, kept);
}

/** Who the cookie stands for, where memory knows it: then nobody need wait. */
export function knownBy(house: House, cookie: string | undefined): SignedIn | undefined {
  const key = keyOf(cookie);
  return key === undefined ? undefined : house.cache.sessions.hit(key)?.value;
}

/** The token opens doors, so not even the cache's keys hold it: they go to Redis, and administrators see some. */
function keyOf(cookie: string | undefined): string | undefined {
  if (!cookie) return undefined;
  let key = keys.get(cookie);
  if (key === undefined) {
    const tokens = cookie.match(sessionCookies)?.join(';');
    if (!tokens) return undefined;
    key = hash('sha256', tokens, 'base64url');
    if (keys.size === mostKeys) keys.clear();
    if (cookie.length <= longestKept) keys.set(cookie, key);
  }
  return key;
}

/** Of cookies that were sent lately; hashing one takes longer than finding its session. */
const keys = new Map<string, string>();
const mostKeys = 2_000;
/** Characters. */
const longestKept = 500;

/** Once more is enough where the server had closed the connection, or the session ended meanwhile. */
async function findSession(house: House, cookie: string) {
  const headers = new Headers({ cookie });
  const find = () => surfacingFaults(() => house.auth.api.getSession({ headers, returnHeaders: true }));
  const { response: found, headers: given } = await find().catch(find);
  if (!found) throw new VifError('not_signed_in');
  return { found, setCookie: given.getSetCookie() };
}
