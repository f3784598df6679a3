import { Readable } from 'node:stream';
import { type Route, type RouteName, type RouteRequest, routes } from '@vif/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Language } from '../doors/context.ts';
import { faultAt, validate } from '../problems/validate.ts';
import { VifError } from '../problems/vif-error.ts';

type Input<N extends RouteName> = RouteRequest<N> & { readonly version: string };

/** Addresses of a route whose parameters are remembered, and how long one may be: under a megabyte a route. */
const remembered = { addresses: 500, length: 500 } as const;

/**
 * Reads what a request of a route carries, validated. An address that was read before gives the same objects again, which
 * nobody changes: reading a query twice takes longer than finding its answer in the cache.
 */
export function inputReader<N extends RouteName>(
  name: N,
): (request: FastifyRequest, language: Language) => Input<N> {
  const known = new Map<string, Input<N>>();
  // Addresses of the public routes hold one-time tokens, which nothing keeps.
  const remembers = typeof routes[name].access === 'object';
  return (request, language) => {
    if (!remembers || request.method !== 'GET') return readInput(name, request, language);
    const { url } = request;
    let input = known.get(url);
    if (!input) {
      input = readInput(name, request, language);
      if (known.size === remembered.addresses) known.clear();
      if (url.length <= remembered.length) known.set(url, input);
    }
    return input;
  };
}

function readInput<N extends RouteName>(name: N, request: FastifyRequest, language: Language): Input<N> {
  const route: Route = routes[name];
  const version = (route.ifMatch && request.headers['if-match']) || '';
  if (route.ifMatch && version === '') throw new VifError('version_required');
  return {
    params: route.params && validate(route.params, request.params, language),
    query: route.query
      ? validate(route.query, request.query, language)
      : refuseUnknownQuery(request, language),
    body: bodyOf(name, request, language),
    version,
  } as Input<N>; // each part was just validated by the route's own schema
}

/** An import's body is a stream, which its handler reads; JSON is validated; a body nobody asked for is refused. */
function bodyOf(name: RouteName, { body = {} }: FastifyRequest, language: Language): unknown {
  const { csv, body: schema = noBody }: Route = routes[name];
  if (csv) return undefined;
  if (body instanceof Readable) throw new VifError('unsupported_type');
  return validate(schema, body, language);
}

const noBody = z.strictObject({}).transform(() => undefined);

function refuseUnknownQuery(request: FastifyRequest, language: Language): undefined {
  const [key] = Object.keys(request.query as object); // Fastify always parses a query into an object
  if (key === undefined) return;
  throw new VifError('invalid_input', {
    fields: [faultAt([key], 'unrecognized_keys', language, { keys: key })],
  });
}
