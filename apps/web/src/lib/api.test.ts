import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api, request } from './api.ts';
import { ApiProblem, NetworkProblem } from './api-problem.ts';
import { connection } from './connection.ts';
import { workspaceShown } from './session/workspace.ts';

const organisation = { id: '0198d1c2-0000-7000-8000-000000000000', name: 'Vif' };

/** The network is what lies outside of the client; each test says how it behaves. */
const network = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal('fetch', network));
afterEach(() => {
  vi.unstubAllGlobals();
  network.mockReset();
  connection.found();
});

function json(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } });
}

it('puts parameters into the path and the query, escaped and in one order', () => {
  const { method, url } = request('GET /api/v1/organisations/:id', {
    params: { id: 'a/b' },
    query: { sort: '-name', q: 'Été & co', city: undefined, country: '' },
  });
  expect(`${method} ${url}`).toBe('GET /api/v1/organisations/a%2Fb?q=%C3%89t%C3%A9+%26+co&sort=-name');
});

it('sends the body as JSON, the version it was made from and the language to answer in', () => {
  const { method, init } = request('PATCH /api/v1/organisations/:id', {
    params: { id: 'x' },
    body: { name: 'Vif' },
    ifMatch: '"1"',
  });
  expect(method).toBe('PATCH');
  expect(init.body).toBe('{"name":"Vif"}');
  expect(init.headers).toEqual({
    accept: 'application/json',
    'accept-language': 'en',
    'content-type': 'application/json',
    'if-match': '"1"',
  });
});

it('names the workspace the tab shows, but where it asks which that is', () => {
  workspaceShown.enter('w1');
  expect(request('GET /api/v1/people', {}).init.headers).toMatchObject({ 'vif-workspace': 'w1' });
  expect(request('GET /api/v1/members', {}).init.headers).toMatchObject({ 'vif-workspace': 'w1' });
  expect(request('GET /api/v1/me', {}).init.headers).not.toHaveProperty('vif-workspace');
  expect(request('PUT /api/v1/me/workspace', {}).init.headers).not.toHaveProperty('vif-workspace');
});

it('answers the data and its version', async () => {
  network.mockResolvedValue(json(organisation, 200, { etag: '"7"' }));
  const { data, etag } = await api('GET /api/v1/organisations/:id', { params: { id: organisation.id } });
  expect(data).toEqual(organisation);
  expect(etag).toBe('"7"');
});

it('answers nothing where the server answers nothing', async () => {
  network.mockResolvedValue(new Response(null, { status: 204 }));
  expect((await api('POST /api/auth/sign-out', {})).data).toBeUndefined();
});

it('throws the server’s problem with its code, its fields and, for an outdated version, the current record', async () => {
  const problem = {
    code: 'version_outdated',
    detail: 'Somebody changed it.',
    errors: [{ path: ['city'], code: 'too_big', message: 'Too long' }],
    current: organisation,
    requestId: 'r1',
  };
  network.mockResolvedValue(json(problem, 412, { etag: '"8"' }));
  const thrown = await api('GET /api/v1/me', {}).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ApiProblem);
  const { detail, ...others } = problem;
  expect(thrown).toMatchObject({ ...others, message: detail, etag: '"8"' });
});

it('calls a proxy’s error page unreadable instead of failing on it', async () => {
  network.mockResolvedValue(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  const thrown = await api('GET /api/v1/me', {}).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'unreadable', status: 502, errors: [] });
});

it('says that the connection is lost when there is no answer, and found at the next one', async () => {
  vi.useFakeTimers();
  network.mockRejectedValueOnce(new TypeError('fetch failed'));
  await expect(api('GET /api/v1/me', {})).rejects.toBeInstanceOf(NetworkProblem);
  expect(connection.store.get()).toBe(false);
  network.mockResolvedValue(json({ status: 'ok' }, 200));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(network).toHaveBeenLastCalledWith('/health');
  expect(connection.store.get()).toBe(true);
  vi.useRealTimers();
});

it('takes a request that its caller gave up for no loss of the connection', async () => {
  const giveUp = new AbortController();
  network.mockImplementation((_, init) => Promise.reject(init?.signal?.reason as Error)); // fetch rejects with the signal's reason
  giveUp.abort();
  await expect(api('GET /api/v1/me', { signal: giveUp.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(connection.store.get()).toBe(true);
});

it('takes an answer that ends in the middle for none', async () => {
  network.mockResolvedValue(
    new Response('{"id":', { status: 200, headers: { 'content-type': 'application/json' } }),
  );
  await expect(api('GET /api/v1/me', {})).rejects.toBeInstanceOf(NetworkProblem);
});
