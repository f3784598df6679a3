import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemCode } from '@vif/contract/problem';
import { toProblem } from '../problems/to-problem.ts';
import { VifError } from '../problems/vif-error.ts';

const codes: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too_slow',
};

/**
 * Answers bytes that are no HTTP request, and heads over Node's limit; there is no request yet to ask the language of.
 * The connection is closed, since nobody knows where its next request would begin.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = codes[error.code ?? ''] ?? 'invalid_url';
  const problem = toProblem(new VifError(code, { values: { limit: '16 kB' } }), 'en', randomUUID());
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Not end(): Node's server lets a client that never closes its own half keep the socket for ever.
  socket.destroySoon();
}
