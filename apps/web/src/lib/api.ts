import type { QueryKey } from '@tanstack/react-query';
import type { Problem, RouteAnswer, RouteAt, RouteInput, RouteName, RoutePlace } from '@vif/contract';
import { dependsHeader } from '@vif/contract/change-stream';
import { ApiProblem, NetworkProblem } from './api-problem.ts';
import { noteAnswer } from './changes/follow-changes.ts';
import { underWay } from './changes/under-way.ts';
import { connection } from './connection.ts';
import { language } from './language/language.ts';
import { workspaceShown } from './session/workspace.ts';

/** Where a route is: `GET /api/v1/organisations/:id`. */
export type Place = { [N in RouteName]: RoutePlace<N> }[RouteName];

type InputAt<P extends Place> = RouteInput<RouteAt<P>>;
type Required<I> = {
  [K in keyof I as undefined extends I[K] ? never : object extends I[K] ? never : K]: I[K];
};
type Optional<I> = {
  [K in keyof I as I[K] extends undefined ? never : object extends I[K] ? K : never]?: I[K];
};

/** What a route wants: `params`, `query` and `body`, each only where the route has it. */
export type Input<P extends Place> = Required<InputAt<P>> & Optional<InputAt<P>>;
export type Data<P extends Place> = RouteAnswer<RouteAt<P>>;

export interface Answer<P extends Place> {
  readonly data: Data<P>;
  /** The version of `data`, which an update sends back as `ifMatch`. */
  readonly etag: string | undefined;
}

interface Extras {
  /** The version an update was made from. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal;
  /** The query that it answers, which is asked again when somebody changes the answer. */
  readonly queryKey?: QueryKey;
}

/**
 * Calls one route of the API.
 * Throws ApiProblem where the server says what is wrong, NetworkProblem where it says nothing, and the
 * signal's AbortError where the caller gave up.
 * @example
 * const { data, etag } = await api('GET /api/v1/organisations/:id', { params: { id } });
 * await api('PATCH /api/v1/organisations/:id', { params: { id }, body: { name: 'Vif' }, ifMatch: etag });
 */
export async function api<P extends Place>(place: P, input: Input<P> & Extras): Promise<Answer<P>> {
  const answer = ask(place, input);
  return place.startsWith('GET ') ? answer : underWay.during(answer);
}

async function ask<P extends Place>(place: P, input: Input<P> & Extras): Promise<Answer<P>> {
  const { method, url, init } = request(place, input);
  const response = await fetch(url, { method, ...init }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    connection.lost();
    throw new NetworkProblem(cause);
  });
  connection.found();
  const etag = response.headers.get('etag') ?? undefined;
  if (!response.ok) throw new ApiProblem(response.status, await readProblem(response), etag);
  const data: unknown = response.status === 204 ? undefined : await readJson(response);
  if (input.queryKey) noteAnswer(input.queryKey, response.headers.get(dependsHeader));
  return { data: data as Data<P>, etag }; // the server validates answers against the same contract
}

interface Parts extends Extras {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}

/** Exported for its test: the request a place and an input make. */
export function request(place: Place, input: Parts) {
  const space = place.indexOf(' ');
  const path = place
    .slice(space + 1)
    .replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(input.params?.[name])));
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': language.current(),
  };
  const workspace = workspaceShown.id();
  // Who one is, and where, is asked without knowing it.
  if (workspace && !/^\/api\/v1\/me(\/|$)/.test(path)) headers['vif-workspace'] = workspace;
  if (input.ifMatch) headers['if-match'] = input.ifMatch;
  const init: RequestInit = { headers, credentials: 'same-origin' };
  if (input.signal) init.signal = input.signal;
  if (input.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(input.body);
  }
  return { method: place.slice(0, space), url: path + queryOf(input.query ?? {}), init };
}

/** The same query in the same order is the same address, whatever order the caller names its fields in. */
function queryOf(query: Record<string, unknown>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]): [string, string] => [name, String(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

async function readProblem(response: Response): Promise<Partial<Problem>> {
  if (!response.headers.get('content-type')?.includes('json')) return {};
  // A proxy's JSON may be anything; every field is read as possibly absent.
  return (await response.json().catch(() => ({}))) as Partial<Problem>;
}

async function readJson(response: Response): Promise<unknown> {
  return response.json().catch((cause: unknown) => {
    throw new NetworkProblem(cause);
  });
}
