import { createHmac } from 'node:crypto';

/** A cookie made without a browser, by a command: signed as the sign-in library signs its own (HMAC-SHA-256, base64). */
export function signedCookie(
  name: 'session_token' | 'dont_remember',
  value: string,
  secret: string,
  secure: boolean,
): string {
  const signature = createHmac('sha256', secret).update(value).digest('base64');
  return `${secure ? '__Secure-' : ''}vif.${name}=${encodeURIComponent(`${value}.${signature}`)}`;
}
