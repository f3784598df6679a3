import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { VifError } from '../problems/vif-error.ts';

/** Bodies of ordinary requests, in bytes: a record's notes hold 20,000 characters. */
export const bodyLimit = 1024 * 1024;

/**
 * How bodies are read: JSON that is valid UTF-8 (Fastify's own reader would put U+FFFD where it is not), and CSV
 * handed through as the stream it is. Everything else is refused.
 */
export function readBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isUtf8(body)) return done(new VifError('invalid_encoding'));
    // A browser's DELETE or POST without a body may still name the type.
    if (body.length === 0) return done(null, undefined);
    return parseJson(request, body.toString('utf8'), done);
  });
  app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
}
