import type { FastifyInstance } from 'fastify';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { Environment } from '../environment.ts';

/** A request slower than this is worth a line at the default level, in milliseconds. */
const slow = 1000;

/** JSON lines on standard error; standard output is for people. Secrets are cut out by name wherever they stand, though none is logged on purpose. */
export function createLogger(
  level: Environment['logLevel'],
  // Written at once: lines that wait when the process ends, and nobody reads them any more, keep it from ending.
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  const secrets = ['password', 'token', 'secret', 'cookie', 'authorization', 'connectionString'];
  return pino(
    {
      level,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
      serializers: {
        // A failed statement's `detail` and parameters are people's data.
        err: ({ name, message, code, stack }: Error & { code?: string }) => ({ name, message, code, stack }),
      },
    },
    destination,
  );
}

/** Logs slow requests by their route's pattern: addresses hold tokens. At `info`, every request. */
export function logRequests(app: FastifyInstance, logger: Logger): void {
  const logsAll = logger.isLevelEnabled('info');
  app.addHook('onResponse', (request, reply, done) => {
    const isSlow = reply.elapsedTime > slow;
    if (isSlow || logsAll) {
      request.log[isSlow ? 'warn' : 'info']({
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        ...(isSlow && { msg: 'slow request' }),
      });
    }
    done();
  });
}
