import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { limitBodyTime } from './body-time.ts';

it('ends the connection of a body that does not arrive, later where the route gives it longer', async () => {
  const app = Fastify();
  limitBodyTime(app, 100);
  app.post('/usual', async ({ body }) => body);
  app.post('/longer', { config: { bodyTime: 10_000 } }, async ({ body }) => body);
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  const begin = async (path: string) => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[`,
    );
    await once(socket, 'connect');
    return socket;
  };
  try {
    const [usual, longer] = await Promise.all([begin('/usual'), begin('/longer')]);
    expect(await text(usual)).not.toContain('200');
    expect(longer.readyState).toBe('open');
    longer.end(']');
    expect(await text(longer)).toMatch(/^HTTP\/1.1 200/);

    const quick = await begin('/usual');
    quick.end(']');
    expect(await text(quick)).toMatch(/^HTTP\/1.1 200/);
  } finally {
    await app.close();
  }
});
