import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { answerUnreadable } from './unreadable-request.ts';

it('answers a head that never comes with 408, and keeps no socket of a client that never closes its half', async () => {
  const server = createServer({ headersTimeout: 200, connectionsCheckingInterval: 50 });
  server.on('clientError', answerUnreadable);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server's
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let said = '';
  client.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  client.write('GET / HTTP/1.1\r\nhost: a');
  const open = () =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  await vi.waitFor(async () => {
    expect(said).toContain('408 Request Timeout');
    expect(await open()).toBe(0);
  }, 10_000);
  client.destroy();
  server.close();
});
