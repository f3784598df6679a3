import { createHmac } from 'node:crypto';

/**
 * The cookie of a session that was made without a browser: by a command, or by an accepted invitation. Signed as the
 * sign-in library signs its own (HMAC-SHA-256 of the token, base64).
 */
export function sessionCookie(token: string, secret: string, secure: boolean): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `${secure ? '__Secure-' : ''}vif.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}
