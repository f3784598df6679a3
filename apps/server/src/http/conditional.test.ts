import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
let path: string;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
  const { id } = (await admin.ask('/api/v1/organisations', { body: { name: 'Gravity' } })).json();
  path = `/api/v1/organisations/${id}`;
});
afterAll(() => vif.close());

const tag = async () => (await admin.ask(path)).headers.etag ?? '';

describe('a read that names what it has', () => {
  it('is a hash of the content: the same again, another after a change', async () => {
    const first = await tag();
    expect(first).toMatch(/^"[\w-]{22}"$/);
    expect(await tag()).toBe(first);
    await admin.ask(path, { method: 'PATCH', body: { city: 'Lyon' }, headers: { 'if-match': first } });
    expect(await tag()).not.toBe(first);
  });

  it.each([
    ['the tag', (etag: string) => etag],
    ['a weak tag, as a compressing proxy makes it', (etag: string) => `W/${etag}`],
    ['one of a list', (etag: string) => `"other", W/"another" , ${etag}`],
    ['any', () => '*'],
  ])('is answered 304 for %s, without a body', async (_, header) => {
    const etag = await tag();
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await admin.ask(path, { method, headers: { 'if-none-match': header(etag) } });
      expect(answer.statusCode, method).toBe(304);
      expect(answer.body).toBe('');
      expect(answer.headers.etag).toBe(etag);
      expect(answer.headers['cache-control']).toBe('private, no-cache');
    }
  });

  it.each(['"other"', 'W/"other"', '', '""', 'nonsense'])('is answered in full for %j', async (header) => {
    const answer = await admin.ask(path, { headers: { 'if-none-match': header } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().name).toBe('Gravity');
  });

  it('is asked for its head alone', async () => {
    const [head, whole] = [await admin.ask(path, { method: 'HEAD' }), await admin.ask(path)];
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    expect(head.headers.etag).toBe(whole.headers.etag);
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
  });

  it('still asks for the session', async () => {
    const answer = await vif.ask(path, { headers: { 'if-none-match': await tag() } });
    expect(answer.statusCode).toBe(401);
  });
});

describe('an update that names what it was made from', () => {
  const change = (header: string | undefined, city: string) =>
    admin.ask(path, {
      method: 'PATCH',
      body: { city },
      headers: header === undefined ? {} : { 'if-match': header },
    });

  it.each([
    ['the tag', (etag: string) => etag],
    ['one of a list', (etag: string) => `"other", ${etag}`],
    ['a tag that a compressing proxy made weak', (etag: string) => `W/${etag}`],
    ['any', () => '*'],
  ])('is made for %s', async (name, header) => {
    const answer = await change(header(await tag()), name);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json().city).toBe(name);
  });

  it.each(['"other"', 'nonsense', '"a", "b"', '""'])(
    'is refused for %j, with the record as it is',
    async (header) => {
      const answer = await change(header, 'Nowhere');
      expect(answer.statusCode).toBe(412);
      expect(answer.json()).toMatchObject({ code: 'version_outdated', current: { name: 'Gravity' } });
      expect(answer.json().current.city).not.toBe('Nowhere');
      expect(answer.headers.etag).toBe(await tag());
    },
  );

  it.each([undefined, ''])('must name something, and %j is nothing', async (header) => {
    const answer = await change(header, 'Nowhere');
    expect(answer.json()).toMatchObject({ status: 428, code: 'version_required' });
  });

  it('wins once of several at the same time', async () => {
    const etag = await tag();
    const answers = await Promise.all(['A', 'B', 'C', 'D', 'E'].map((city) => change(etag, city)));
    expect(answers.map(({ statusCode }) => String(statusCode)).toSorted()).toEqual([
      '200',
      '412',
      '412',
      '412',
      '412',
    ]);
    const winner = answers.find(({ statusCode }) => statusCode === 200);
    expect((await admin.ask(path)).json().city).toBe(winner?.json().city);
  });
});
