import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type RequestHeaders = Readonly<Record<string, string>>;

/** A request and its answer, byte for byte: `fetch` would decode the body. */
export interface Exchange {
  /** Path and query. */
  readonly address: string;
  readonly asked: RequestHeaders;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Asks once. */
export async function exchange(origin: string, address: string, asked: RequestHeaders): Promise<Exchange> {
  const { promise, resolve, reject } = Promise.withResolvers<Exchange>();
  const request = get(`${origin}${address}`, { agent, headers: asked }, (response) => {
    const { statusCode: status = 0, headers } = response;
    buffer(response).then((body) => resolve({ address, asked, status, headers, body }), reject);
  });
  request.on('error', reject);
  return promise;
}

/** Of one request or moment rather than of the answer; those that Node writes by itself are among them. */
const passing = ['date', 'connection', 'keep-alive', 'x-request-id'];

/** What another server has to set to give the same answer: Node and Fastify see to the rest. */
export function headersToSet({ headers }: Exchange): Record<string, string | string[]> {
  const own = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value && !own.has(name) ? [[name, value]] : [])),
  );
}

/**
 * Holds two answers to the same request against each other.
 * @throws {Error} that names what differs
 */
export function requireEqual(one: Exchange, other: Exchange): void {
  const differs = (what: string, first: unknown, second: unknown) =>
    new Error(
      `${one.address}: the ${what} of the two servers differ: ${String(first)} and ${String(second)}.`,
    );
  if (one.status !== other.status) throw differs('statuses', one.status, other.status);
  if (!one.body.equals(other.body)) throw differs('bodies', one.body.length, other.body.length);
  for (const name of new Set([...Object.keys(one.headers), ...Object.keys(other.headers)])) {
    const values = [one.headers[name], other.headers[name]].map((value) => String(value));
    // A TTL runs down; that both have it is what their bytes ask for.
    const mayDiffer = passing.includes(name) || name === 'cache-status';
    const same = mayDiffer ? name in one.headers && name in other.headers : values[0] === values[1];
    if (!same) throw differs(`headers ${name}`, ...(values as [string, string])); // made of two above
  }
}

/** Whether the answer says that it came from Vif's cache (RFC 9211 §2.1). */
export function saysHit({ headers }: Exchange): boolean {
  return /;\s*hit\s*(;|$)/.test(String(headers['cache-status'] ?? ''));
}
