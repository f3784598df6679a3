import type { z } from 'zod';
import type { Action, Resource } from './permissions.ts';

/** Who may call a route: anybody, whoever is signed in, or whoever's role grants an action on a resource. */
export type Access = 'public' | 'session' | { readonly resource: Resource; readonly action: Action };

/**
 * One operation of the API: its name in the doors (`organisations.list`), its place on the wire and the
 * schemas of what goes in and out. Server, web and OpenAPI all read this one value.
 */
export interface Route {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify's notation: `/api/v1/organisations/:id`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is a CSV file, streamed; then there is no `body`. */
  readonly csv?: true;
  /** What a 200 (or `status`) carries; absent for 204. */
  readonly answer?: z.ZodType;
  /** A WebSocket: the answer is 101, and then messages. */
  readonly socket?: true;
  readonly status?: 200 | 201 | 202 | 204;
  /** An update names the version it was made from (RFC 9110 §13.1.1); without it the answer is 428. */
  readonly ifMatch?: true;
}

/** Keeps the literal types of a route's name, method and path. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}
