import { createRequire } from 'node:module';
import autocannon from 'autocannon';
import { connections, type Load, requireFresh, type Volley, type Volleyed } from './load.ts';

// A package.json has a version.
const { version } = createRequire(import.meta.url)('autocannon/package.json') as { version: string };

/** autocannon in this process, which has nothing else to do meanwhile. Slower than wrk, and there wherever npm is. */
export const cannon: Load = { name: `autocannon ${version}`, fire };

async function fire(volley: Volley, signal: AbortSignal): Promise<Volleyed> {
  const { origin, addresses, headers, seconds } = volley;
  let client = 0;
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const instance = autocannon(
    {
      url: origin,
      connections,
      duration: seconds,
      requests: [{ path: addresses[0] ?? '/', headers }],
      // Each connection goes round its own part of the addresses.
      setupClient(one) {
        if (addresses.length < connections) return;
        const place = client++;
        one.setRequests(
          addresses.flatMap((path, at) => (at % connections === place ? [{ path, headers }] : [])),
        );
      },
    },
    (error, result) => (error ? reject(error as Error) : resolve(result)), // autocannon's own errors
  );
  const stop = () => instance.stop();
  signal.addEventListener('abort', stop);
  const result = await promise.finally(() => signal.removeEventListener('abort', stop));
  signal.throwIfAborted();
  return read(result, volley);
}

function read(result: autocannon.Result, volley: Volley): Volleyed {
  const { latency, duration, errors, timeouts, statusCodeStats = {}, throughput } = result;
  const requests = result.requests.total;
  const statuses = Object.keys(statusCodeStats);
  if (requests === 0 || errors > 0 || timeouts > 0 || statuses.some((one) => Number(one) !== volley.status)) {
    throw new Error(
      `${requests} requests to ${volley.origin}, errors: ${errors}, timeouts: ${timeouts}, statuses: ${statuses.join(', ')}.`,
    );
  }
  requireFresh(volley, requests);
  return {
    requests,
    perSecond: requests / duration,
    p50: latency.p50,
    p99: latency.p99,
    bytes: throughput.total / requests,
  };
}
