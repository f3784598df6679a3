import type { FastifyRequest } from 'fastify';
import { VifError } from '../problems/vif-error.ts';

/**
 * Refuses a write that a page of another site sent with this browser's cookie (CSRF): by `Sec-Fetch-Site` where the
 * browser sends it, and by `Origin`, which must be Vif's public address or the host that was asked. Programs that are
 * no browser send neither and carry no cookie of somebody else.
 * @throws {VifError} `foreign_origin`
 */
export function requireSameOrigin(request: FastifyRequest, url: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  requireOwnPage(request, url);
}

/**
 * Refuses what a page of another site sent, whatever its method: a WebSocket begins as a GET, and no same-origin policy
 * keeps others from reading it.
 * @throws {VifError} `foreign_origin`
 */
export function requireOwnPage(request: FastifyRequest, url: string): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new VifError('foreign_origin');
  const { origin } = request.headers;
  if (origin === undefined) return;
  const asked = URL.parse(origin);
  if (asked && (asked.origin === URL.parse(url)?.origin || asked.host === request.headers.host)) return;
  throw new VifError('foreign_origin');
}
