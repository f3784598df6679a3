import type { FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../house.ts';
import { VifError } from '../problems/vif-error.ts';
import { clientAddressHeader } from './auth.ts';
import { surfacingFaults } from './library-faults.ts';

/**
 * Calls one endpoint of the sign-in library as its own HTTP handler would be, so that its rate limits hold, and passes
 * the cookies it sets on to the client. Only what is named here goes in: no header of the client's but its cookie.
 *
 * @returns the token of the session it opened, if it opened one
 * @throws {VifError} `wrong_credentials`, `too_many_requests`, `not_signed_in`, `database_unavailable`
 */
export async function callLibrary(
  house: House,
  path: `/${string}`,
  body: Readonly<Record<string, unknown>>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | undefined> {
  const { baseURL } = house.auth.options;
  const call = new Request(`${baseURL}/api/auth${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: new URL(baseURL).origin, // http/origin.ts has judged the client's own
      [clientAddressHeader]: request.ip,
      ...(request.headers.cookie && { cookie: request.headers.cookie }),
      ...(request.headers['user-agent'] && { 'user-agent': request.headers['user-agent'].slice(0, 300) }),
    },
    body: JSON.stringify(body),
  });
  const answer = await surfacingFaults(async () => {
    const given = await house.auth.handler(call);
    if (!given.ok) throw await refusal(given);
    return given;
  });
  const cookies = answer.headers.getSetCookie();
  // Instead of what prolonging the session may have set: two cookies of one name are one too many.
  if (cookies.length > 0) reply.removeHeader('set-cookie').header('set-cookie', cookies);
  return tokenIn(await answer.json());
}

function tokenIn(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string'
    ? body.token
    : undefined;
}

async function refusal(answer: Response): Promise<VifError> {
  const text = await answer.text();
  const cause = new Error(`The sign-in library answered ${answer.status}: ${text.slice(0, 300)}`);
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get('x-retry-after')) || 60;
    return new VifError('too_many_requests', { cause, retryAfter: seconds });
  }
  if (/INVALID_(EMAIL|PASSWORD|EMAIL_OR_PASSWORD)/.test(text))
    return new VifError('wrong_credentials', { cause });
  return new VifError(answer.status === 401 ? 'not_signed_in' : 'internal', { cause });
}
