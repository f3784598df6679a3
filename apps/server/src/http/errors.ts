import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { translateDatabaseError } from '../db/database-errors.ts';
import { languageOf } from '../problems/language.ts';
import { toProblem } from '../problems/to-problem.ts';
import { VifError } from '../problems/vif-error.ts';
import { apiContentPolicy, securityHeaders } from './security-headers.ts';

/** Answers every error as problem+json in the reader's language, and logs what was not foreseen. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | VifError, request, reply) => sendProblem(request, reply, error));
}

/** Sends an error as RFC 9457 problem details. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: FastifyError | VifError | Error,
) {
  const known = error instanceof VifError ? error : translate(error);
  if (known.status >= 500) {
    const level = known.code === 'internal' ? 'error' : 'warn';
    request.log[level]({
      requestId: request.id,
      route: request.routeOptions.url,
      code: known.code,
      err: known.cause ?? error,
    });
  }
  reply.removeHeader('set-cookie'); // what was refused signs nobody in
  const { retryAfter, current } = known.options;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (current) reply.header('etag', current.etag);
  return reply
    .code(known.status)
    .headers({
      // Again, since an address that cannot be read is answered before any hook runs.
      ...securityHeaders,
      'x-request-id': request.id,
      'content-security-policy': apiContentPolicy,
      'cache-control': 'no-store',
    })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(toProblem(known, languageOf(request.headers['accept-language']), request.id)));
}

const fastifyCodes: Record<string, ConstructorParameters<typeof VifError>[0]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_json',
  FST_ERR_BAD_URL: 'invalid_url',
  FST_ERR_MAX_PARAM_LENGTH: 'invalid_url',
};

/** Fastify's own errors in Vif's codes; anything else is ours to mend. */
function translate(error: FastifyError | Error): VifError {
  const code = 'code' in error ? fastifyCodes[error.code] : undefined;
  if (code) return new VifError(code, { cause: error });
  if ('statusCode' in error && error.statusCode === 400)
    return new VifError('invalid_json', { cause: error });
  // The static files' own refusal of an address that climbs out of their folder.
  if ('statusCode' in error && error.statusCode === 403) return new VifError('not_found', { cause: error });
  if ('statusCode' in error && error.statusCode === 412) {
    return new VifError('version_outdated', { cause: error });
  }
  const fromDatabase = translateDatabaseError(error);
  return fromDatabase instanceof VifError ? fromDatabase : new VifError('internal', { cause: error });
}
