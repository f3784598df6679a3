import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangesSocket, dependsOf, tagsIn } from '../testing/changes-socket.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
type Members = Awaited<ReturnType<TestVif['workspace']>>;
let ours: Members;
let theirs: Members;
const sockets: ChangesSocket[] = [];

beforeAll(async () => {
  vif = await startVif();
  await vif.app.listen({ port: 0, host: '127.0.0.1' });
  ours = await vif.workspace('Acme');
  theirs = await vif.workspace('Other');
});
afterAll(() => vif.close());

const list = '/api/v1/organisations';
const save = async (asker: Asker, name: string) => {
  const answer = await asker.ask(list, { body: { name } });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ id: string }>().id;
};

async function open({ cookie }: Asker): Promise<ChangesSocket> {
  const socket = await ChangesSocket.open(vif, { cookie });
  sockets.push(socket);
  return socket;
}

/** A socket that holds the list of organisations. */
async function holding(asker: Asker): Promise<{ socket: ChangesSocket; at: string; tags: string[] }> {
  const { at, tags } = dependsOf(await asker.ask(list));
  const socket = await open(asker);
  socket.hold(at, tags);
  await socket.settled();
  return { socket, at, tags };
}

describe('a socket', () => {
  it('is told of a colleague’s save before it is answered, in tags that it holds', async () => {
    const { socket, tags } = await holding(ours.user);
    await save(ours.manager, 'Gravity');
    await socket.until((heard) => tagsIn(heard).length > 0);
    expect(tags).toEqual(expect.arrayContaining(tagsIn(socket.heard)));
    // Who asks again then gets what was saved.
    expect((await ours.user.ask(list)).body).toContain('Gravity');
  });

  it('is told nothing of another workspace, not even with that one’s tags', async () => {
    const { tags } = dependsOf(await theirs.admin.ask(list));
    const { socket, at } = await holding(ours.user);
    socket.hold(at, tags);
    await save(theirs.admin, 'Elsewhere');
    await save(ours.admin, 'Here');
    await socket.until((heard) => tagsIn(heard).length > 0);
    expect(tags).not.toEqual(expect.arrayContaining(tagsIn(socket.heard)));
  });

  it('does not see by its tags what another role sees', async () => {
    const mine = dependsOf(await ours.user.ask(list)).tags;
    const others = dependsOf(await ours.admin.ask(list)).tags;
    expect(mine.filter((tag) => others.includes(tag))).toEqual([]);
    expect(dependsOf(await ours.user.ask(list)).tags).toEqual(mine);
  });

  it('is told only of what it holds', async () => {
    const { tags } = dependsOf(await ours.user.ask('/api/v1/people/count'));
    const { socket, at } = await holding(ours.user);
    socket.hold(at, [], dependsOf(await ours.user.ask(list)).tags);
    socket.hold(at, tags);
    await save(ours.admin, 'Unseen');
    await ours.admin.ask('/api/v1/people', { body: { lastName: 'Seen' } });
    await socket.until((heard) => tagsIn(heard).length > 0);
    for (const tag of tagsIn(socket.heard)) expect(tags).toContain(tag);
  });

  it('is told at once what it missed since a position', async () => {
    const { at, tags } = dependsOf(await ours.user.ask(list));
    await save(ours.admin, 'Meanwhile');
    const socket = await open(ours.user);
    socket.hold(at, tags);
    await socket.until((heard) => tagsIn(heard).length > 0);
    // And nothing twice: from there on it missed nothing.
    const again = await open(ours.user);
    again.hold(socket.at, tags);
    await again.settled();
    expect(tagsIn(again.heard)).toEqual([]);
  });

  it('is told to ask for all of it where that is not known', async () => {
    const { socket, tags } = await holding(ours.user);
    socket.hold('--------.1', tags);
    await socket.until((heard) => heard.some((one) => 'refetch' in one));
    expect(tagsIn(socket.heard)).toEqual([]);
  });

  it('says nothing of what depends on nothing', async () => {
    expect((await ours.admin.ask('/api/v1/members')).headers).not.toHaveProperty('vif-depends');
    expect((await ours.admin.ask('/api/v1/me')).headers).not.toHaveProperty('vif-depends');
  });
});

describe('who may not follow', () => {
  it.each([
    ['nobody', {}, 401],
    ['a session that never was', { cookie: 'vif.session_token=a.b' }, 401],
  ])('is %s', async (_, opening, status) => {
    expect(await ChangesSocket.refused(vif, opening)).toBe(status);
  });

  it('is a page of another site', async () => {
    const { cookie } = ours.admin;
    for (const origin of ['http://evil.test', 'null', 'http://vif.test.evil.test', 'https://vif.test:1'])
      expect(await ChangesSocket.refused(vif, { cookie, origin }), origin).toBe(403);
  });

  it('is one who asks at another address', async () => {
    const { cookie } = ours.admin;
    for (const path of ['/api/v1/me', list, '/nowhere', '/api/v1/changes/x'])
      expect(await ChangesSocket.refused(vif, { cookie, path }), path).not.toBe(101);
  });

  it('is told so in words without a socket', async () => {
    const answer = await ours.admin.ask('/api/v1/changes');
    expect(answer.json()).toMatchObject({ status: 426, code: 'upgrade_required' });
    expect(answer.headers.upgrade).toBe('websocket');
    expect((await vif.ask('/api/v1/changes')).statusCode).toBe(401);
  });
});

describe('a session that is over', () => {
  it('closes its sockets at sign-out, and no other’s', async () => {
    const leaving = await vif.workspace('Leaving');
    const { socket } = await holding(leaving.user);
    const other = await holding(leaving.admin);
    await leaving.user.ask('/api/auth/sign-out', { method: 'POST' });
    expect(await socket.closed).toBe(4401);
    await save(leaving.admin, 'Still');
    await other.socket.until((heard) => tagsIn(heard).length > 0);
  });

  it('closes them when the member is removed or becomes something else', async () => {
    const leaving = await vif.workspace('Changing');
    const user = await holding(leaving.user);
    const manager = await holding(leaving.manager);
    const removed = await leaving.admin.ask(`/api/v1/members/${leaving.user.userId}`, {
      method: 'DELETE',
    });
    expect(removed.statusCode, removed.body).toBeLessThan(300);
    expect(await user.socket.closed).toBe(4401);
    const changed = await leaving.admin.ask(`/api/v1/members/${leaving.manager.userId}`, {
      method: 'PATCH',
      body: { role: 'user' },
    });
    expect(changed.statusCode, changed.body).toBeLessThan(300);
    expect([4401, 4409]).toContain(await manager.socket.closed);
  });
});

describe('a hostile client', () => {
  it.each([
    ['that is no JSON', '{', 1008],
    ['of another shape', '{"hold":1}', 1008],
    ['with more than there is', '{"since":"aaaaaaaa.1","hold":[],"drop":[],"more":1}', 1008],
    ['with a strange position', '{"since":"aaaaaaaa.-1","hold":[],"drop":[]}', 1008],
    ['with a strange tag', '{"since":"aaaaaaaa.1","hold":["*:auth.session:any"],"drop":[]}', 1008],
    ['that is too long', ' '.repeat(65_537), 1009],
  ])('with a message %s is closed', async (_, message, code) => {
    const socket = await open(ours.readonly);
    socket.socket.send(message);
    expect(await socket.closed).toBe(code);
  });

  it('that sends bytes, too much or holds too much is closed', async () => {
    const bytes = await open(ours.readonly);
    bytes.socket.send(Buffer.from('{}'));
    expect(await bytes.closed).toBe(1003);
    const often = await open(ours.readonly);
    for (let i = 0; i < 101; i++) often.hold(often.at, []);
    expect(await often.closed).toBe(1008);
    const greedy = await open(ours.readonly);
    for (const part of ['a', 'b', 'c'])
      greedy.hold(
        greedy.at,
        Array.from({ length: 700 }, (_, i) => `${part}${String(i).padStart(7, '0')}`),
      );
    expect(await greedy.closed).toBe(1008);
  });

  it('that opens more than ten is refused the next, and another session is not', async () => {
    const many = await vif.workspace('Many');
    for (let i = 0; i < 10; i++) await open(many.user);
    const next = new ChangesSocket(vif, { cookie: many.user.cookie });
    expect(await next.closed).toBe(1013);
    await open(many.admin);
  });

  it('leaves nothing of a session in the log', () => {
    const log = vif.logged.join();
    expect(log).not.toContain('session_token');
    expect(log).not.toContain(ours.user.cookie.split('=')[1]);
  });
});

it('ends in order when Vif stops', async () => {
  const stopping = await startVif();
  await stopping.app.listen({ port: 0, host: '127.0.0.1' });
  const { admin } = await stopping.workspace('Stopping');
  const socket = await ChangesSocket.open(stopping, { cookie: admin.cookie });
  await stopping.close();
  expect(await socket.closed).toBe(1001);
});
