import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { sessionRoutes } from './auth/session.routes.ts';
import { changesRoutes, isSocket } from './changes/changes.routes.ts';
import type { HouseDoor } from './house.ts';
import { bodyLimit, readBodies } from './http/body.ts';
import { limitBodyTime, longestBodyTime } from './http/body-time.ts';
import { answerErrors, sendProblem } from './http/errors.ts';
import { logRequests } from './http/logging.ts';
import { serveOpenApi } from './http/openapi.ts';
import { requireSameOrigin } from './http/origin.ts';
import { apiContentPolicy, securityHeaders, strictTransport } from './http/security-headers.ts';
import { answerUnknownAddress } from './http/unknown-address.ts';
import { answerUnreadable } from './http/unreadable-request.ts';
import { serveWebApp } from './http/web-app.ts';
import { openUploads } from './imports/uploads.ts';
import { invitationRoutes } from './members/invitations.routes.ts';
import { memberRoutes } from './members/members.routes.ts';
import { cacheRoutes } from './monitoring/cache.routes.ts';
import { healthRoutes } from './monitoring/health.routes.ts';
import { organisationRoutes } from './organisations/organisations.routes.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { setupRoutes } from './setup/setup.routes.ts';

export interface AppOptions {
  readonly houseDoor: HouseDoor;
  readonly logger: Logger;
  /** Vif's public address. */
  readonly url: string;
  /** Where files that are sent stand until they are read: made for this user alone, and emptied. */
  readonly uploadFolder: string;
  /** The folder of the built web app; none to serve the API alone. */
  readonly webFolder?: string | undefined;
  /** Whether a proxy on this machine passes requests on, and says in `X-Forwarded-For` whose they are. */
  readonly behindProxy?: boolean;
}

/** Builds the HTTP application: plumbing first, then each feature's routes, then the web app for everything else. */
export async function buildApp({
  houseDoor,
  logger,
  url,
  uploadFolder,
  webFolder,
  behindProxy = false,
}: AppOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = logger;
  const app: FastifyInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A child of the logger for each request took 3 of a cached answer's 70 µs; what is logged of a request names it
    // (http/errors.ts, http/logging.ts).
    childLoggerFactory: (log) => log,
    bodyLimit,
    requestTimeout: longestBodyTime,
    http: { shouldUpgradeCallback: isSocket },
    connectionTimeout: 0,
    // Attempts to sign in are counted by address: a proxy on this machine says whose, nobody else is believed.
    trustProxy: behindProxy ? 'loopback' : false,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, error),
    clientErrorHandler: answerUnreadable,
  });
  app.decorate('houseDoor', houseDoor);
  app.decorateRequest('context', undefined);
  answerErrors(app);
  readBodies(app);
  limitBodyTime(app);
  logRequests(app, logger);
  const headers = {
    ...securityHeaders,
    // The page and the API's browser set a policy of their own; everything else runs and loads nothing.
    'content-security-policy': apiContentPolicy,
    ...(url.startsWith('https:') && strictTransport),
  };
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    requireSameOrigin(request, url);
    done();
  });
  const uploads = await openUploads(uploadFolder);
  healthRoutes(app);
  cacheRoutes(app);
  await changesRoutes(app, url);
  setupRoutes(app);
  sessionRoutes(app);
  memberRoutes(app, url);
  invitationRoutes(app);
  organisationRoutes(app, uploads);
  peopleRoutes(app, uploads);
  await serveOpenApi(app, url);
  if (webFolder === undefined) {
    app.setNotFoundHandler(answerUnknownAddress);
  } else {
    await serveWebApp(app, webFolder);
  }
  return app;
}
