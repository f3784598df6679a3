import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signedInBy } from '../auth/signed-in-by.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';
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
  send() {}
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
