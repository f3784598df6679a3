import type { Awaitable } from '@vif/cache';
import {
  type Route,
  type RouteAnswer,
  type RouteName,
  type RouteRequest,
  type Routes,
  routes,
} from '@vif/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type Resolved, resolveContext } from '../auth/context.ts';
import type { Language, RequestContext } from '../doors/context.ts';
import { Entry } from '../doors/entry.ts';
import { requirePermission } from '../doors/permission.ts';
import { type Answered, answerOf } from '../doors/read.ts';
import type { House, HouseDoor } from '../house.ts';
import { languageOf } from '../problems/language.ts';
import { inputReader } from './read-input.ts';
import { sendEntry } from './send-entry.ts';

/** What a public route gets instead of a member's context: no user and no workspace. */
export interface PublicContext {
  readonly house: House;
  readonly requestId: string;
  readonly language: Language;
}

type ContextOf<N extends RouteName> = Routes[N]['access'] extends 'public' ? PublicContext : RequestContext;

interface Served<N extends RouteName> extends RouteRequest<N> {
  /** The ETag the update was made from; empty where the route asks none. */
  readonly version: string;
  readonly house: House;
  /** For the routes that stream a body or set a cookie. */
  readonly raw: FastifyRequest;
  readonly reply: FastifyReply;
}

type Handler<N extends RouteName> = (
  ctx: ContextOf<N>,
  request: Served<N>,
) => Awaitable<Routes[N] extends { readonly answer: z.ZodType } ? Answered | RouteAnswer<N> : unknown>;

declare module 'fastify' {
  interface FastifyInstance {
    houseDoor: HouseDoor;
  }
  interface FastifyRequest {
    /** Who asks, from the moment that is known. */
    context: PublicContext | RequestContext | undefined;
  }
  interface FastifyContextConfig {
    /** The contract's name of the route; the matrix test holds every route against it. */
    route?: RouteName;
  }
}

/**
 * Mounts a route of the contract: session, permission, validation in the reader's language, then the handler, then
 * the answer with its ETag. The permission is asked before the body is read, and again by the door.
 *
 * @example serve(app, 'organisations.get', (ctx, { params }) => read(ctx, 'organisations.get', params, …))
 */
export function serve<N extends RouteName>(
  app: FastifyInstance,
  name: N,
  handler: Handler<N>,
  options: { bodyTime?: number } = {},
): void {
  const route = routes[name];
  const inputOf = inputReader(name);
  app.route({
    method: route.method,
    url: route.path,
    config: { route: name, ...options },
    // Without promises where nothing is waited for: each takes as long as finding a cached answer.
    onRequest(request, reply, done) {
      let context: Awaitable<PublicContext | RequestContext>;
      try {
        context = contextFor(app, name, request, reply);
      } catch (error) {
        return done(errorOf(error));
      }
      if (!(context instanceof Promise)) {
        request.context = context;
        return done();
      }
      void settle(context, request, done);
    },
    handler(request, reply) {
      const ctx = request.context as ContextOf<N>; // set by onRequest, of the kind its access asks for
      const served = {
        ...inputOf(request, ctx.language),
        house: app.houseDoor.house,
        raw: request,
        reply,
      };
      const answer = handler(ctx, served);
      return answer instanceof Promise
        ? answer.then((given) => send(reply, name, given))
        : send(reply, name, answer);
    },
  });
}

async function settle(
  context: Promise<PublicContext | RequestContext>,
  request: FastifyRequest,
  done: (error?: Error) => void,
): Promise<void> {
  let failure: Error | undefined;
  try {
    request.context = await context;
  } catch (error) {
    failure = errorOf(error);
  }
  done(failure);
}

function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function contextFor(
  app: FastifyInstance,
  name: RouteName,
  request: FastifyRequest,
  reply: FastifyReply,
): Awaitable<PublicContext | RequestContext> {
  const language = languageOf(request.headers['accept-language']);
  const { house } = app.houseDoor;
  if (routes[name].access === 'public') return { house, requestId: request.id, language };
  const workspace = request.headers['vif-workspace'];
  const resolved = resolveContext(house, {
    cookie: request.headers.cookie,
    workspace: typeof workspace === 'string' ? workspace : undefined,
    requestId: request.id,
    language,
  });
  const permitted = ({ context, setCookie }: Resolved) => {
    if (setCookie.length > 0) reply.header('set-cookie', setCookie);
    requirePermission(context, name);
    return context;
  };
  return resolved instanceof Promise ? resolved.then(permitted) : permitted(resolved);
}

function send(reply: FastifyReply, name: RouteName, answer: unknown) {
  const { status = 200, answer: schema }: Route = routes[name];
  if (status === 204 || !schema) return reply.code(204).send();
  if (isAnswered(answer)) {
    const { entry, cacheStatus, depends } = answer;
    return sendEntry(reply, entry, { status, cacheStatus, depends });
  }
  return sendEntry(reply, Entry.of(answerOf(name, answer)), { status });
}

function isAnswered(answer: unknown): answer is Answered {
  return typeof answer === 'object' && answer !== null && 'entry' in answer && answer.entry instanceof Entry;
}
