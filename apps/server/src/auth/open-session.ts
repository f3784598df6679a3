import type { House } from '../house.ts';
import { newToken } from './one-time-token.ts';
import { signedCookie } from './signed-cookie.ts';

/** A session that a command opens lives this long, in case the command is killed before it ends it. */
const lifetime = '1 hour';

/**
 * Opens a session for a member without their password: for commands, which have the database's own rights anyway.
 * @returns the cookies to send: the session's, and the one by which the sign-in library does not prolong it
 */
export async function openSession(house: House, userId: string, workspaceId: string): Promise<string> {
  const token = newToken();
  await house.authPool.query(
    `insert into auth.session (token, "userId", "activeOrganizationId", "expiresAt", "createdAt", "updatedAt")
     values ($1, $2, $3, now() + $4::interval, now(), now())`,
    [token, userId, workspaceId, lifetime],
  );
  const secure = house.auth.options.baseURL.startsWith('https:');
  const cookie = (name: 'session_token' | 'dont_remember', value: string) =>
    signedCookie(name, value, house.cookieSecret, secure);
  return `${cookie('session_token', token)}; ${cookie('dont_remember', 'true')}`;
}

/** Ends a session by its cookie. */
export async function endSession(house: House, cookie: string): Promise<void> {
  const token = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')[0];
  await house.authPool.query('delete from auth.session where token = $1', [token]);
}
