import type { z } from 'zod';
import { cacheRoutes } from './cache.ts';
import { changeRoutes } from './changes.ts';
import { healthRoutes } from './health.ts';
import { invitationRoutes, memberRoutes } from './members.ts';
import { organisationRoutes } from './organisations.ts';
import { peopleRoutes } from './people.ts';
import type { Route } from './route.ts';
import { sessionRoutes, setupRoutes } from './session.ts';

export { type Problem, type ProblemCode, problem, problemStatus } from './problem.ts';
export type { Access, Route } from './route.ts';

const groups = [
  organisationRoutes,
  peopleRoutes,
  memberRoutes,
  invitationRoutes,
  sessionRoutes,
  setupRoutes,
  cacheRoutes,
  changeRoutes,
  healthRoutes,
] as const;

type ValueOf<T> = T extends unknown ? T[keyof T] : never;
type AnyRoute = ValueOf<(typeof groups)[number]>;
export type RouteName = AnyRoute['name'];
/** The routes of the API by name, `Routes['organisations.list']`. */
export type Routes = { [R in AnyRoute as R['name']]: R };

type Input<T> = T extends z.ZodType ? z.input<T> : undefined;
type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Part<R, K extends 'params' | 'query' | 'body' | 'answer'> = R extends { readonly [P in K]: infer T }
  ? T
  : undefined;

/** What a caller sends. */
export type RouteInput<N extends RouteName> = {
  params: Input<Part<Routes[N], 'params'>>;
  query: Input<Part<Routes[N], 'query'>>;
  body: Input<Part<Routes[N], 'body'>>;
};
/** What a handler receives, validated. */
export type RouteRequest<N extends RouteName> = {
  params: Output<Part<Routes[N], 'params'>>;
  query: Output<Part<Routes[N], 'query'>>;
  body: Output<Part<Routes[N], 'body'>>;
};
/** What a route answers. */
export type RouteAnswer<N extends RouteName> = Output<Part<Routes[N], 'answer'>>;
/** `GET /api/v1/organisations`: a route's place on the wire, which is all the browser carries of it. */
export type RoutePlace<N extends RouteName> = `${Routes[N]['method']} ${Routes[N]['path']}`;
/** A route's name from its place. */
export type RouteAt<Place> = { [N in RouteName]: Place extends RoutePlace<N> ? N : never }[RouteName];

const all: readonly Route[] = groups.flatMap((group) => Object.values<Route>(group));

/** Every route of the API by its name in the doors. */
export const routes = Object.fromEntries(all.map((one) => [one.name, one])) as unknown as Routes; // keyed by each route's own literal name
