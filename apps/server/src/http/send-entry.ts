import { Negotiator } from '@fastify/accept-negotiator';
import { dependsHeader } from '@vif/contract/change-stream';
import type { FastifyReply } from 'fastify';
import type { Entry } from '../doors/entry.ts';
import { type Encoding, etagIn, etagsIn } from '../doors/etag.ts';

const supportedValues: Encoding[] = ['br', 'gzip', 'identity'];
const negotiator = new Negotiator({ supportedValues });

interface Sent {
  readonly status: number;
  readonly cacheStatus?: string;
  readonly depends?: string | undefined;
}

/** Sends an answer in the coding that the client takes, or says that the client's own copy is still right (304). */
export function sendEntry(
  reply: FastifyReply,
  entry: Entry,
  { status, cacheStatus, depends }: Sent,
): FastifyReply | Promise<FastifyReply> {
  const { method, headers } = reply.request;
  const encoding = entry.encodingFor(wantedEncoding(headers['accept-encoding']));
  const etag = etagIn(entry.etag, encoding);
  reply.header('etag', etag).header('cache-control', 'private, no-cache').header('vary', 'accept-encoding');
  if (cacheStatus !== undefined) reply.header('cache-status', cacheStatus);
  if (depends !== undefined) reply.header(dependsHeader, depends);
  if ((method === 'GET' || method === 'HEAD') && matches(headers['if-none-match'], etag)) {
    return reply.code(304).send();
  }
  reply.code(status).type('application/json; charset=utf-8');
  if (encoding === 'identity') return reply.send(entry.body);
  reply.header('content-encoding', encoding);
  return sendEncoded(reply, entry, encoding);
}

async function sendEncoded(reply: FastifyReply, entry: Entry, encoding: Encoding): Promise<FastifyReply> {
  return reply.send(await entry.encoded(encoding));
}

function wantedEncoding(header: string | string[] | undefined): Encoding {
  if (typeof header !== 'string') return 'identity';
  const wanted = negotiator.negotiate(header);
  return wanted === 'br' || wanted === 'gzip' ? wanted : 'identity';
}

/** Weak comparison, as RFC 9110 §13.1.2 asks of If-None-Match. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return etagsIn(header).some((one) => one === etag || one === '*');
}
