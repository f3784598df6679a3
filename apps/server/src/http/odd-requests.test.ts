import { problem } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';
import { bodyLimit } from './body.ts';

let vif: TestVif;
let admin: Asker;
let id: string;
const organisations = '/api/v1/organisations';

beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
  id = (await admin.ask(organisations, { body: { name: 'Gravity' } })).json().id;
});
afterAll(() => vif.close());

/** Sends a body as the bytes it is. */
function send(
  body: string | Buffer,
  headers: Record<string, string> = {},
  method = 'POST',
  path = organisations,
) {
  return vif.app.inject({
    method: method as 'POST', // inject's own list of methods, of which each test names one
    url: path,
    headers: { cookie: admin.cookie, 'content-type': 'application/json', ...headers },
    payload: body,
  });
}

describe('a body', () => {
  it.each([
    ['over the limit', `{"name":"${'x'.repeat(bodyLimit)}"}`, 413, 'too_large'],
    ['of broken JSON', '{"name": ', 400, 'invalid_json'],
    ['of two JSON values', '{"name":"a"}{"name":"b"}', 400, 'invalid_json'],
    ['with a prototype in it', '{"name":"a","__proto__":{"admin":true}}', 400, 'invalid_json'],
    ['with a constructor in it', '{"name":"a","constructor":{"prototype":{}}}', 400, 'invalid_json'],
    [
      'that is invalid UTF-8',
      Buffer.from([...Buffer.from('{"name":"'), 0xc3, 0x28, ...Buffer.from('"}')]),
      400,
      'invalid_encoding',
    ],
    ['that is UTF-16', Buffer.from('{"name":"a"}', 'utf16le'), 400, 'invalid_json'],
    ['of null', 'null', 400, 'invalid_input'],
    ['of a list', '[]', 400, 'invalid_input'],
    ['of a number', '1', 400, 'invalid_input'],
    ['that is empty', '', 400, 'invalid_input'],
    ['nested deeply', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 400, 'invalid_input'],
  ])('%s is refused', async (_, body, status, code) => {
    const answer = await send(body);
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(status);
    expect(problem.parse(answer.json()).code).toBe(code);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/csv',
    'a/b/c;;',
  ])('of type %s is not what this route takes', async (type) => {
    const answer = await send('name=a', { 'content-type': type });
    expect(answer.json()).toMatchObject({ status: 415, code: 'unsupported_type' });
  });

  it('with a field that nobody knows is refused, and the field is named', async () => {
    const fields = [
      'nickname',
      'id',
      'workspaceId',
      'workspace_id',
      'createdAt',
      'updatedAt',
      'deletedAt',
      'searchText',
    ];
    const body = Object.fromEntries(fields.map((field) => [field, 'x']));
    const answer = await admin.ask(organisations, { body: { name: 'a', ...body } });
    expect(answer.statusCode).toBe(400);
    const { errors = [] } = problem.parse(answer.json());
    expect(errors.map((error) => [error.path.join('.'), error.code])).toEqual(
      fields.map((field) => [field, 'unrecognized_keys']),
    );
  });

  it('sent where none is taken is refused', async () => {
    const answer = await admin.ask(`${organisations}/${id}/restore`, { body: { ownerId: admin.userId } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].path).toEqual(['ownerId']);
  });

  it('left nothing behind', async () => {
    expect((await admin.ask(`${organisations}/count`)).json()).toEqual({ total: 1 });
  });
});

describe('a query', () => {
  it.each([
    ['nickname=1', 'nickname'],
    ['sort=name&sort=city', 'sort'],
    ['q=a&q=b', 'q'],
    ['page=1&page=2', 'page'],
    ['page=0', 'page'],
    ['page=', 'page'],
    ['page=1.5', 'page'],
    ['page=1e99', 'page'],
    ['page=-1', 'page'],
    ['page=NaN', 'page'],
    ['pageSize=201', 'pageSize'],
    ['pageSize=10%3Bdrop', 'pageSize'],
    ['sort=nickname', 'sort'],
    ['sort=name%20desc', 'sort'],
    ['sort=name%3B%20drop%20table%20data.organisations', 'sort'],
    ['sort=owner_id', 'sort'],
    ['sort=--name', 'sort'],
    ['sort=__proto__', 'sort'],
    ['sort=-constructor', 'sort'],
    ['active=1', 'active'],
    ['active=TRUE', 'active'],
    ['bin=yes', 'bin'],
    ['country=fr', 'country'],
    ['ownerId=me', 'ownerId'],
    ['q=%00', 'q'],
    ['category=%01', 'category'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['__proto__=1', '__proto__'],
    ['Page=1', 'Page'],
  ])('?%s is refused, and the field is named', async (query, field) => {
    for (const path of [organisations, `${organisations}/count`]) {
      const answer = await admin.ask(`${path}?${query}`);
      expect(answer.statusCode, answer.body).toBe(400);
      expect(problem.parse(answer.json()).errors?.map((error) => error.path.join('.'))).toContain(field);
    }
  });

  it('is refused where none is taken', async () => {
    for (const path of [`${organisations}/${id}`, `${organisations}/categories`, '/api/v1/me']) {
      expect((await admin.ask(`${path}?x=1`)).statusCode, path).toBe(400);
    }
  });

  it('may be empty, and a stray & is nothing', async () => {
    for (const query of ['?', '?&', '?q=&']) {
      expect((await admin.ask(`${organisations}${query}`)).statusCode, query).toBe(200);
    }
  });

  it('in broken UTF-8 finds nothing and breaks nothing', async () => {
    const answer = await admin.ask(`${organisations}?q=%ff%fe`);
    expect([200, 400]).toContain(answer.statusCode);
  });
});

describe('cookies and headers', () => {
  it.each([
    'vif.session_token=',
    'vif.session_token=%zz',
    'vif.session_token=%00',
    'vif.session_token=a.b',
    'vif.session_token=a.b.c',
    'vif.session_token=..',
    `vif.session_token=${'x'.repeat(8000)}`,
    'vif.session_token="quoted',
    ';;;===',
    '__proto__=1; constructor=2',
    'vif.session_token=caf\u00e9',
    'vif.session_token=a.\u00ff; vif.session_token=b',
  ])('the cookie %j is nobody’s', async (cookie) => {
    const answer = await vif.ask('/api/v1/me', { headers: { cookie } });
    expect(answer.json()).toMatchObject({ status: 401, code: 'not_signed_in' });
  });

  it('a session whose signature is another’s is nobody’s', async () => {
    const other = await vif.workspace('Other');
    const [mine = '', theirs = ''] = [admin, other.admin].map(({ cookie }) => decodeURIComponent(cookie));
    const mixed = `${mine.slice(0, mine.indexOf('.', 20))}${theirs.slice(theirs.indexOf('.', 20))}`;
    expect(mixed).not.toBe(mine);
    const cookie = `vif.session_token=${encodeURIComponent(mixed.slice(mixed.indexOf('=') + 1))}`;
    expect((await vif.ask('/api/v1/me', { headers: { cookie } })).statusCode).toBe(401);
  });

  it('a strange Accept-Language is English', async () => {
    for (const language of ['', '*', ';;q=,', 'xx-'.repeat(2000), '\u00e9', 'fr;q=0', 'fr;q=abc']) {
      const answer = await vif.ask('/api/v1/me', { headers: { 'accept-language': language } });
      expect(answer.json().title, language).toBe('Not signed in');
    }
  });
});
