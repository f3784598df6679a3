import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif({ url: 'https://crm.example' });
  ({ admin } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

const write = (headers: Record<string, string>) =>
  admin.ask('/api/v1/organisations', { body: { name: 'Gravity' }, headers });

describe('a write', () => {
  it.each([
    ['from another site', { origin: 'https://evil.example' }],
    ['from a sandboxed page', { origin: 'null' }],
    ['from another port of the same machine', { origin: 'https://crm.example:8443' }],
    ['from the public address without its lock', { origin: 'http://crm.example' }],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }],
    [
      'from another site by what the browser says',
      { 'sec-fetch-site': 'cross-site', origin: 'https://crm.example' },
    ],
    ['from nonsense', { origin: 'nonsense' }],
    ['from an address that only begins like ours', { origin: 'https://crm.example.evil.example' }],
    [
      'whose Host is forged to look like its Origin’s end',
      { origin: 'https://evil.example', host: 'example' },
    ],
  ])('%s is refused', async (_, headers) => {
    const answer = await write(headers);
    expect(answer.json()).toMatchObject({ status: 403, code: 'foreign_origin' });
    expect((await admin.ask('/api/v1/organisations/count')).json().total).toBe(0);
  });

  it.each([
    ['signing in', 'POST', '/api/auth/sign-in/email'],
    ['signing out', 'POST', '/api/auth/sign-out'],
    ['setting up', 'POST', `/api/v1/setup/${'-'.repeat(43)}`],
    ['joining', 'POST', `/api/v1/invitations/${'-'.repeat(43)}/accept`],
    ['deleting', 'DELETE', '/api/v1/organisations/00000000-0000-4000-8000-000000000000'],
    ['switching', 'PUT', '/api/v1/me/workspace'],
  ] as const)('of every kind: %s', async (_, method, path) => {
    const answer = await admin.ask(path, { method, body: {}, headers: { origin: 'https://evil.example' } });
    expect(answer.json().code).toBe('foreign_origin');
  });

  it.each([
    ['the public address, which a proxy may hide', { origin: 'https://crm.example', host: '127.0.0.1:3000' }],
    [
      'the host that was asked',
      { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000', 'sec-fetch-site': 'same-origin' },
    ],
    [
      'Vite’s development server, which passes the host on',
      { origin: 'http://127.0.0.1:5173', host: '127.0.0.1:5173', 'sec-fetch-site': 'same-origin' },
    ],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['a program, which names none', {}],
  ])('from %s is taken', async (_, headers) => {
    const answer = await write(headers);
    expect(answer.statusCode).toBe(201);
  });
});

it('a read is nobody’s to refuse, and tells another site nothing', async () => {
  const answer = await admin.ask('/api/v1/organisations', { headers: { origin: 'https://evil.example' } });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
});
