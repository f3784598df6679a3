import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { sessionRoutes } from './auth/session.routes.ts';
import type { HouseDoor } from './house.ts';
import { bodyLimit, readBodies } from './http/body.ts';
import { answerErrors, sendProblem } from './http/errors.ts';
import { logRequests } from './http/logging.ts';
import { serveOpenApi } from './http/openapi.ts';
import { requireSameOrigin } from './http/origin.ts';
import { apiContentPolicy, securityHeaders } from './http/security-headers.ts';
import { serveWebApp } from './http/web-app.ts';
import { invitationRoutes } from './members/invitations.routes.ts';
import { memberRoutes } from './members/members.routes.ts';
import { healthRoutes } from './monitoring/health.routes.ts';
import { organisationRoutes } from './organisations/organisations.routes.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { VifError } from './problems/vif-error.ts';
import { setupRoutes } from './setup/setup.routes.ts';

export interface AppOptions {
  readonly houseDoor: HouseDoor;
  readonly logger: Logger;
  /** Vif's public address. */
  readonly url: string;
  /** The folder of the built web app; none to serve the API alone. */
  readonly webFolder?: string | undefined;
}

/** Builds the HTTP application: plumbing first, then each feature's routes, then the web app for everything else. */
export async function buildApp({ houseDoor, logger, url, webFolder }: AppOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = logger;
  const app: FastifyInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit,
    // A body must arrive within a minute; an import is given longer by its own route.
    requestTimeout: 60_000,
    connectionTimeout: 0,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  app.decorate('houseDoor', houseDoor);
  answerErrors(app);
  readBodies(app);
  logRequests(app, logger);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders).header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('content-security-policy', apiContentPolicy);
    requireSameOrigin(request, url);
  });
  healthRoutes(app);
  setupRoutes(app);
  sessionRoutes(app);
  memberRoutes(app, url);
  invitationRoutes(app);
  organisationRoutes(app);
  peopleRoutes(app);
  await serveOpenApi(app, url);
  if (webFolder === undefined) {
    app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new VifError('not_found')));
  } else {
    await serveWebApp(app, webFolder);
  }
  return app;
}
