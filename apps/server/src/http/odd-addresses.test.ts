import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { problem } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';
import { bodyLimit } from './body.ts';

let vif: TestVif;
let admin: Asker;
let id: string;
let port: number;
const organisations = '/api/v1/organisations';

beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
  id = (await admin.ask(organisations, { body: { name: 'Gravity' } })).json().id;
  await vif.app.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(vif.app.listeningOrigin).port);
});
afterAll(() => vif.close());

/** Asks for an address as it is spelled; `inject` would tidy it. */
async function onTheWire(path: string) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request({ port, host: '127.0.0.1', path, headers: { cookie: admin.cookie } }, resolve)
    .on('error', reject)
    .end();
  const answer = await promise;
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

describe('an odd address', () => {
  it.each([
    ['//api/v1/organisations', 404],
    ['/api//v1/organisations', 404],
    ['/api/v1/organisations/', 400],
    ['/API/v1/organisations', 404],
    ['/api/v1/Organisations', 404],
    ['/api/v1/organisations/%2e%2e/people', 404],
    ['/api/v1/organisations/%2e%2e', 400],
    ['/api/v1/organisations/../../../etc/passwd', 404],
    ['/api/v1/organisations/%00', 400],
    ['/api/v1/organisations/%zz', 400],
    ['/api/v1/organisations/%ff', 400],
    ['/api/v1/organisations%2fcount', 404],
    ['/api/v1/organisations/a%2fb', 400],
    [`/api/v1/organisations/${'0'.repeat(500)}`, 400],
    ['/api/v1/organisations/1', 400],
    ['/api/v1/organisations/00000000-0000-0000-0000-000000000000;x=1', 400],
    ['/api/v1/organisations/%27%20or%201=1--', 400],
    ['/api/v1/people/count/', 404],
    ['/api/v2/organisations', 404],
    ['/api', 404],
    ['/', 404],
    ['/.git/config', 404],
    ['/api/docs/package.json', 404],
    ['/api/docs/..%2fpackage.json', 404],
    ['/api/docs/%2e%2e/package.json', 404],
    ['/api/docs/', 404],
  ])('%s is answered clearly', async (path, status) => {
    const answer = await onTheWire(path);
    expect(answer.status, answer.body).toBe(status);
    expect(problem.parse(JSON.parse(answer.body)).status).toBe(status);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers).not.toHaveProperty('etag');
  });

  it('of a record may be spelled in capitals, which names the same record', async () => {
    const answer = await admin.ask(`${organisations}/${id.toUpperCase()}`);
    expect(answer.json().id).toBe(id);
  });

  it('asked by a method it does not take says which it takes', async () => {
    for (const method of ['PUT', 'OPTIONS'] as const) {
      const answer = await admin.ask(`${organisations}/${id}`, { method });
      expect(answer.json()).toMatchObject({ status: 405, code: 'method_not_allowed' });
      expect(answer.headers['allow']).toBe('DELETE, GET, HEAD, PATCH');
    }
  });
});

describe('on the wire', () => {
  /** One connection, the bytes as given, everything that comes back. */
  function raw(bytes: string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => (answer += chunk.toString('utf8')));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    return promise;
  }

  it('the absolute form names the same route, with the same headers', async () => {
    const answer = await raw(
      `GET http://elsewhere.test/api/v1/me HTTP/1.1\r\nHost: vif.test\r\nConnection: close\r\nCookie: ${admin.cookie}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain("content-security-policy: default-src 'none'");
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a line feed in the address', 'GET /api/v1/me\n HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    [
      'two lengths',
      'POST /api/v1/people HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
      400,
    ],
    [
      'a length and chunks',
      'POST /api/v1/people HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na',
      400,
    ],
    ['a head without end', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 413],
    ['the asterisk', 'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
  ])('%s is answered with a problem', async (_, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(problem.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).status).toBe(status);
  });

  it('a body that is longer than it says it may be is refused before it was read', async () => {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        path: organisations,
        method: 'POST',
        headers: {
          cookie: admin.cookie,
          'content-type': 'application/json',
          'content-length': String(bodyLimit * 100),
        },
      },
      (answer) => resolve(answer.statusCode),
    );
    sent.on('error', reject);
    sent.flushHeaders();
    expect(await promise).toBe(413);
    sent.destroy();
  });
});
