import { EventEmitter } from 'node:events';
import { MemoryAuthority } from '@vif/cache';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { signedInBy } from '../auth/signed-in-by.ts';
import { HouseDoor } from '../house.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';
import { ChangeLog } from './change-log.ts';
import { Followers } from './followers.ts';

let vif: TestVif;
let user: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ user } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

class Socket extends EventEmitter {
  bufferedAmount = 0;
  readonly did: unknown[] = [];
  /** Tags that it was told of. */
  readonly told: string[] = [];
  send(message: string) {
    this.told.push(...((JSON.parse(message) as { tags?: string[] }).tags ?? [])); // what a follower says
  }
  ping() {
    this.did.push('ping');
  }
  close(code: number) {
    this.did.push(code);
    this.emit('close');
  }
  terminate() {
    this.did.push('terminated');
    this.emit('close');
  }
}

it('drops who answers no ping until the next, and keeps who does', async () => {
  const followers = new Followers(vif.app.houseDoor);
  const signedIn = await signedInBy(vif.house, user.cookie);
  const [alive, silent] = [new Socket(), new Socket()];
  for (const socket of [alive, silent]) followers.add(socket, signedIn, user.cookie);
  alive.on('close', () => expect.unreachable('It answered.'));
  for (let beat = 0; beat < 3; beat++) {
    followers.beat();
    alive.emit('pong');
  }
  expect(silent.did).toEqual(['ping', 'terminated']);
  expect(alive.did).toEqual(['ping', 'ping', 'ping']);
  followers.close();
});

describe('while it is not known what changes a session, the cache being off', () => {
  let off: TestVif;
  beforeAll(async () => {
    off = await startVif({ cacheMemory: 0 });
  });
  afterAll(() => off.close());
  afterEach(() => vi.restoreAllMocks());

  /** A socket that holds a tag, and how often its session was looked at. */
  async function opened(name: string) {
    const { user: asker } = await off.workspace(name);
    const signedIn = await signedInBy(off.house, asker.cookie);
    const { active } = signedIn;
    if (!active) throw new Error('It works in a workspace.');
    const authority = new MemoryAuthority();
    const changes = new ChangeLog(authority);
    const door = new HouseDoor();
    door.open({ ...off.house, cache: { ...off.house.cache, changes } });
    const held = off.house.opaque.in(active.workspace.id, active.role).of('a');
    const look = off.house.auth.api.getSession;
    const looks = vi.spyOn(off.house.auth.api, 'getSession');
    const followers = new Followers(door);
    const socket = new Socket();
    const open = () => {
      followers.add(socket, signedIn, asker.cookie);
      socket.emit('message', JSON.stringify({ since: changes.at, hold: [held], drop: [] }), false);
    };
    const close = () => {
      socket.close(1000);
      followers.close();
    };
    return { socket, held, look, looks, bump: () => authority.bump(['a']), open, close };
  }
  const eventually = (ask: () => unknown) => expect.poll(ask, { timeout: 20_000 });

  it('looks at it once for all that is bumped meanwhile, and tells of it', async () => {
    const { socket, held, looks, bump, open, close } = await opened('Busy');
    open();
    for (let n = 0; n < 1000; n++) bump();
    await eventually(() => socket.told).toContain(held);
    expect(looks.mock.calls.length).toBeLessThanOrEqual(2);
    close();
  });

  it('tells what was bumped before a look, though something is bumped during each', async () => {
    const { socket, held, look, looks, bump, open, close } = await opened('Busier');
    const most = 20;
    looks.mockImplementation(async (...asked: Parameters<typeof look>) => {
      const answer = await look(...asked);
      if (looks.mock.calls.length < most) bump();
      return answer;
    });
    open();
    await eventually(() => socket.told).toContain(held);
    expect(looks.mock.calls.length).toBeLessThan(most);
    expect(socket.did).toEqual([]);
    close();
  });
});
