import websocket from '@fastify/websocket';
import { routes } from '@vif/contract';
import { longestMessage } from '@vif/contract/change-stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { resolveContext } from '../auth/context.ts';
import type { SignedIn } from '../auth/signed-in.ts';
import { requireOwnPage } from '../http/origin.ts';
import { languageOf } from '../problems/language.ts';
import { VifError } from '../problems/vif-error.ts';
import { Followers } from './followers.ts';

const { path, method, name } = routes['changes.follow'];

/** How long clients may take to say goodbye when Vif stops, in milliseconds. */
const farewell = 1000;

declare module 'fastify' {
  interface FastifyRequest {
    signedIn: SignedIn | undefined;
  }
}

/** Which requests become sockets: those without a query. All others that ask for one are answered like any request. */
export const isSocket = ({ method: asked, url }: { method?: string | undefined; url?: string | undefined }) =>
  asked === method && url === path;

/**
 * `GET /api/v1/changes`: a socket on which a browser hears which of its answers changed.
 * In a scope of its own: the plugin's hooks would run for every request.
 */
export async function changesRoutes(app: FastifyInstance, url: string): Promise<void> {
  await app.register(async (scope) => {
    const followers = new Followers(app.houseDoor);
    await scope.register(websocket, {
      options: { maxPayload: longestMessage, perMessageDeflate: false },
      errorHandler: (_error, socket) => socket.terminate(),
      preClose(done) {
        followers.close();
        const { clients } = scope.websocketServer;
        for (const client of clients) client.close(1001, 'Vif stops');
        setTimeout(() => {
          for (const client of clients) client.terminate();
        }, farewell).unref();
        scope.websocketServer.close();
        done();
      },
    });
    scope.decorateRequest('signedIn', undefined);
    scope.route({
      method,
      url: path,
      config: { route: name },
      async onRequest(request) {
        requireOwnPage(request, url);
        const { cookie, 'accept-language': language } = request.headers;
        const { context, signedIn } = await resolveContext(app.houseDoor.house, {
          cookie,
          workspace: undefined,
          requestId: request.id,
          language: languageOf(language),
        });
        request.context = context;
        request.signedIn = signedIn;
      },
      handler(_request, reply) {
        reply.header('upgrade', 'websocket').header('connection', 'upgrade');
        throw new VifError('upgrade_required');
      },
      wsHandler: (socket, request) => open(socket, request, followers),
    });
  });
}

function open(socket: WebSocket, request: FastifyRequest, followers: Followers): void {
  const { signedIn } = request;
  const { cookie } = request.headers;
  if (!signedIn?.active) return socket.terminate(); // onRequest let nobody else through
  followers.add(socket, signedIn, cookie);
}
