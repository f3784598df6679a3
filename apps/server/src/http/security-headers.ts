/** On every answer; static, since helmet's per-request work costs as much as the whole of a cached answer. */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-permitted-cross-domain-policies': 'none',
} as const;

/** RFC 6797, where the public address is https: a year without ever asking in the clear again. */
export const strictTransport = { 'strict-transport-security': 'max-age=31536000' } as const;

/** What an API answer may load when a browser is pointed at it: nothing. */
export const apiContentPolicy = "default-src 'none'; frame-ancestors 'none'";

/** What the web app's page may load: its own files, and the scripts and styles that carry this answer's nonce. */
export function pageContentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
