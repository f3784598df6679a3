import { hash } from 'node:crypto';

/** How the bytes of an answer are coded on the wire (RFC 9110 §8.4). */
export type Encoding = 'br' | 'gzip' | 'identity';

/** ETag of a body: 128 bits of its SHA-256, so that equal content has equal tags on every server. */
export function etagOf(body: string | Buffer): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
}

/** The tag of the same content in another coding: a strong tag names its bytes (RFC 9110 §8.8.3.3). */
export function etagIn(etag: string, encoding: Encoding): string {
  return encoding === 'identity' ? etag : `${etag.slice(0, -1)}.${encoding}"`;
}

/**
 * The tags that an If-Match or If-None-Match header lists, as weak comparison takes them: a proxy that compresses
 * answers makes our tags weak (nginx does), and the hash still says which content is meant.
 */
export function etagsIn(header: string): string[] {
  return header.split(',').map((one) => one.trim().replace(/^W\//, ''));
}

/** The tag of the content itself, whatever its coding was. */
export function contentEtag(etag: string): string {
  return etag.replace(/\.(br|gzip)"$/, '"');
}
