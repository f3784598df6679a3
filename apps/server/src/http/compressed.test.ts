import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
const list = '/api/v1/organisations';
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
  for (let n = 0; n < 20; n++) await admin.ask(list, { body: { name: `Société n° ${n}` } });
});
afterAll(() => vif.close());

const asked = (encoding: string, more = {}) =>
  admin.ask(list, { headers: { 'accept-encoding': encoding, ...more } });

it.each([
  ['br, gzip;q=0.5', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['deflate, gzip;q=0.9, *;q=0', 'gzip', gunzipSync],
])('an answer to a client that takes %s comes as %s', async (header, encoding, decompress) => {
  const plain = await admin.ask(list);
  const answer = await asked(header);
  expect(answer.headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
  expect(decompress(answer.rawPayload).toString()).toBe(plain.body);
  expect(answer.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
  // Other bytes, another strong tag; both say the same content to an update.
  expect(answer.headers.etag).toBe(plain.headers.etag?.replace(/"$/, `.${encoding}"`));
  expect((await asked(header, { 'if-none-match': answer.headers.etag })).statusCode).toBe(304);
  expect((await asked(header, { 'if-none-match': plain.headers.etag })).statusCode).toBe(200);
});

it.each(['', 'identity', 'deflate', 'zstd', 'nonsense;;;q=x'])(
  'an answer to a client that takes %j comes as it is',
  async (header) => {
    const answer = await asked(header);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.json().total).toBe(20);
  },
);

it('a short answer is not worth compressing', async () => {
  const answer = await admin.ask('/api/v1/organisations/count', { headers: { 'accept-encoding': 'br' } });
  expect(answer.headers['content-encoding']).toBeUndefined();
});

it('an update may name the tag of a compressed answer', async () => {
  const notes = 'é'.repeat(2000);
  const { id } = (await admin.ask(list, { body: { name: 'Long', notes } })).json<{ id: string }>();
  const read = await admin.ask(`${list}/${id}`, { headers: { 'accept-encoding': 'br' } });
  expect(read.headers.etag).toMatch(/\.br"$/);
  const change = { method: 'PATCH', body: { city: 'Lyon' } } as const;
  const headers = { 'if-match': read.headers.etag ?? '' };
  expect((await admin.ask(`${list}/${id}`, { ...change, headers })).statusCode).toBe(200);
  expect((await admin.ask(`${list}/${id}`, { ...change, headers })).statusCode).toBe(412);
});

it('is compressed once, and what that takes is counted', async () => {
  const bytes = () => vif.house.cache.answers.memory?.bytes ?? 0;
  const path = `${list}?sort=-name`;
  await admin.ask(path);
  const before = bytes();
  const answers = await Promise.all(
    [1, 2, 3].map(() => admin.ask(path, { headers: { 'accept-encoding': 'br' } })),
  );
  expect(bytes() - before).toBe(answers[0]?.rawPayload.length);
});
