import { type Route, routes } from '@vif/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VifError } from '../problems/vif-error.ts';
import { sendProblem } from './errors.ts';

const places = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  address: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`),
}));

/** Answers what no route takes: 405 with `Allow` where another method would do (RFC 9110 §15.5.6), else 404. */
export function answerUnknownAddress(request: FastifyRequest, reply: FastifyReply) {
  const [path = ''] = request.url.split('?');
  const allowed = places.filter(({ address }) => address.test(path)).map(({ method }) => method);
  if (allowed.length === 0) return sendProblem(request, reply, new VifError('not_found'));
  reply.header('allow', (allowed.includes('GET') ? ['HEAD', ...allowed] : allowed).toSorted().join(', '));
  return sendProblem(request, reply, new VifError('method_not_allowed'));
}
