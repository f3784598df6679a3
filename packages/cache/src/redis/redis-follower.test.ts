import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change, Position } from '../authority.ts';
import { positionOf } from '../testing/position-of.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { RedisStore } from './redis-store.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();

describe.skipIf(missing)(`who follows over Redis${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let server: RedisServer;
  let admin: Redis;
  beforeAll(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.port);
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  type Told = Change | { gap: Position | undefined };
  let partitions = 0;

  /** Two processes on one authority, of which one follows. */
  async function open() {
    const partition = `followed ${++partitions}`;
    const store = () => new RedisStore({ connection: { host: '127.0.0.1', port: server.port }, partition });
    const [one, other] = [store(), store()];
    await Promise.all([one.connected(), other.connected()]);
    const told: Told[] = [];
    let wake = () => {};
    const tell = (what: Told) => {
      told.push(what);
      wake();
    };
    one.authority.follow({ onBump: tell, onGap: (gap) => tell({ gap }) });
    const until = async (holds: () => boolean) => {
      while (!holds()) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
    };
    const gaps = () => told.filter((what) => 'gap' in what && what.gap);
    await until(() => gaps().length === 1);
    const close = () => {
      one.close();
      other.close();
    };
    const channel = `cache:{${partition}}:a:bumps`;
    return { authority: one.authority, bump: other.authority, told, gaps, until, close, channel };
  }

  it('is told what another process bumps', async () => {
    const { bump, told, until, close } = await open();
    await bump.bump(['a']);
    await until(() => told.some((what) => 'tags' in what && what.tags[0] === 'a'));
    expect(told.filter((what) => 'gap' in what)).toHaveLength(2);
    close();
  });

  it('is told of a gap when its connection was lost, and follows on', async () => {
    const { bump, told, gaps, until, close } = await open();
    await admin.call('client', 'kill', 'type', 'pubsub');
    await bump.bump(['missed']);
    await until(() => gaps().length === 2);
    await bump.bump(['heard']);
    await until(() => told.some((what) => 'tags' in what && what.tags[0] === 'heard'));
    expect(told.some((what) => 'gap' in what && what.gap === undefined)).toBe(true);
    close();
  });

  it('is told of a gap by a number that does not follow on, and by a message that is none', async () => {
    const { authority, bump, told, gaps, until, close, channel } = await open();
    const { epoch, sequence } = await positionOf(authority);
    await admin.publish(channel, JSON.stringify([epoch, String(sequence + 3), 'a']));
    await until(() => gaps().length === 2);
    expect(told.at(-1)).toEqual({ gap: { epoch, sequence: sequence + 3 } });
    await admin.publish(channel, '{');
    await until(() => gaps().length === 3);
    expect(told.at(-1)).toEqual({ gap: { epoch, sequence } });
    await bump.bump(['b']);
    await until(() => told.some((what) => 'tags' in what && what.tags[0] === 'b'));
    close();
  });

  it('is told nothing twice', async () => {
    const { authority, bump, told, gaps, until, close, channel } = await open();
    await bump.bump(['a']);
    const { epoch, sequence } = await positionOf(authority);
    await admin.publish(channel, JSON.stringify([epoch, String(sequence), 'a']));
    await bump.bump(['b']);
    await until(() => told.some((what) => 'tags' in what && what.tags[0] === 'b'));
    expect(told.flatMap((what) => ('tags' in what ? what.tags : []))).toEqual(['a', 'b']);
    expect(gaps()).toHaveLength(1);
    close();
  });
});
