import { createHash } from 'node:crypto';

/** An answer as it goes out: its bytes and the strong validator of those bytes (RFC 9110 §8.8.3). */
export interface Entry {
  readonly body: string;
  readonly etag: string;
  /** RFC 9211 `Cache-Status`. */
  readonly cacheStatus?: string;
}

/** ETag of a body: 128 bits of its SHA-256, so that equal content has equal tags on every server. */
function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Serialises a record or page the one way it is ever serialised, so that its ETag means its content. */
export function entryOf(value: unknown): Entry {
  const body = JSON.stringify(value);
  return { body, etag: etagOf(body) };
}
