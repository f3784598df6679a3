import type { FastifyInstance } from 'fastify';

/** A body must arrive within this time, in milliseconds, unless its route gives it longer. */
const usual = 60_000;
/** The longest that a route may give: 200 MB over 1 Mbit/s. Node holds every request to it. */
export const longestBodyTime = 30 * 60_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Milliseconds that this route's body may take to arrive. */
    bodyTime?: number;
  }
}

/**
 * Ends the connection of a body that does not arrive: somebody who sends one byte a minute holds no memory for long.
 * Node's own `requestTimeout` is one for all routes.
 */
export function limitBodyTime(app: FastifyInstance, milliseconds = usual): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    const length = raw.headers['content-length'];
    if ((length !== undefined && length !== '0') || raw.headers['transfer-encoding'] !== undefined) {
      const time = request.routeOptions.config.bodyTime ?? milliseconds;
      const timer = setTimeout(() => raw.destroy(), time);
      const stop = () => clearTimeout(timer);
      raw.once('end', stop).once('close', stop);
    }
    done();
  });
}
