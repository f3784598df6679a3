import { setTimeout as pause } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Token } from '../authority.ts';
import { positionOf } from '../testing/position-of.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { storedOf } from '../testing/stored-of.ts';
import { TcpProxy } from '../testing/tcp-proxy.ts';
import type { Stored } from '../tier.ts';
import { RedisStore } from './redis-store.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();
const timeout = 200;
const storedAs = (token: Token): Stored<string> => ({ ...storedOf('value'), token });
/** A call waits for one answer, and for another where a script is sent again; the rest is a busy machine. */
const longest = 2 * timeout + 400;

describe.skipIf(missing)(`while Redis is no authority${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  let server: RedisServer;
  let admin: Redis;
  beforeEach(async () => {
    server = await RedisServer.start('--maxmemory-policy', 'noeviction');
    ends.push(() => server.stop());
    admin = new Redis(server.port, { maxRetriesPerRequest: null });
    admin.on('error', () => {}); // it is killed in some tests
    ends.push(() => admin.disconnect());
  });

  function storeAt(port: number, more: RedisOptions = {}): RedisStore<string> {
    const connection = { host: '127.0.0.1', port, ...more };
    const store = new RedisStore<string>({ connection, timeout });
    ends.push(() => store.close());
    return store;
  }

  async function connectedTo(port: number): Promise<RedisStore<string>> {
    const store = storeAt(port);
    await store.connected(2000);
    return store;
  }

  /** All calls at once, some of them repeatedly; none may take longer than `longest`. */
  async function expectUnreachable({ authority, tier }: RedisStore<string>): Promise<void> {
    for (let round = 0; round < 3; round++) {
      const began = performance.now();
      const token = { epoch: '', sequence: 0, tags: ['a'] };
      const [position, verdict, bumped, ...thrown] = await Promise.allSettled([
        authority.position(),
        authority.check(token),
        authority.bump(['a']),
        tier.look('key', 'asker'),
        tier.settle('key', storedAs(token), 'asker'),
        tier.renew('key', 'asker'),
        tier.release('key', 'asker'),
      ]);
      expect(performance.now() - began).toBeLessThan(longest);
      expect(position).toEqual({ status: 'fulfilled', value: undefined });
      expect(verdict).toEqual({ status: 'fulfilled', value: 'unreachable' });
      expect(bumped).toMatchObject({
        reason: { message: expect.stringContaining('may not be acknowledged') },
      });
      expect(thrown.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    }
  }

  async function expectRecovered({ authority, tier }: RedisStore<string>): Promise<void> {
    await expect.poll(() => authority.position(), { timeout: 4000 }).toBeDefined();
    const position = await positionOf(authority);
    await authority.bump(['recovered']);
    expect(await authority.check({ ...position, tags: ['recovered'] })).toBe('outdated');
    expect(await tier.settle('key', storedAs({ ...position, tags: ['recovered'] }))).toBe('outdated');
    expect(await tier.settle('key', storedAs({ ...position, tags: ['another'] }))).toBe('current');
    expect(await tier.look('key')).toMatchObject({ stored: { value: 'value' } });
  }

  it('nothing waits for one that is stopped', async () => {
    const store = await connectedTo(server.port);
    await expectRecovered(store);
    await server.kill('SIGSTOP');
    await expectUnreachable(store);
    const began = performance.now();
    await expectUnreachable(store);
    expect(performance.now() - began).toBeLessThan(timeout); // the connection was given up
    await server.kill('SIGCONT');
    await expectRecovered(store);
  });

  it('nothing waits for one that answers after two seconds', async () => {
    const proxy = await TcpProxy.start(server.port);
    ends.push(() => proxy.stop());
    const store = await connectedTo(proxy.port);
    proxy.delay = 2000;
    await expectUnreachable(store);
    proxy.delay = 0;
    await expectRecovered(store);
  });

  it('nothing waits for one that answers later and later, and always something', async () => {
    const proxy = await TcpProxy.start(server.port);
    ends.push(() => proxy.stop());
    const store = await connectedTo(proxy.port);
    const token = { ...(await positionOf(store.authority)), tags: ['a'] };
    expect(await store.authority.check(token)).toBe('current');
    const answers: Promise<{ verdict: string; took: number }>[] = [];
    for (let i = 0; i < 25; i++) {
      proxy.delay = 20 * i;
      const began = performance.now();
      answers.push(
        store.authority.check(token).then((verdict) => ({ verdict, took: performance.now() - began })),
      );
      await pause(20);
    }
    const seen = await Promise.all(answers);
    expect(seen[0]).toMatchObject({ verdict: 'current' });
    expect(seen.at(-1)).toMatchObject({ verdict: 'unreachable' });
    for (const { took } of seen) expect(took).toBeLessThan(longest);
  });

  it('another master behind the same address is found', async () => {
    const proxy = await TcpProxy.start(server.port);
    ends.push(() => proxy.stop());
    const store = await connectedTo(proxy.port);
    const other = await RedisServer.start();
    ends.push(() => other.stop());
    await admin.replicaof('127.0.0.1', other.port);
    proxy.target = other.port;
    await expectRecovered(store);
  });

  it('a connection cut in the middle of an answer fails its calls at once, and is made again', async () => {
    const proxy = await TcpProxy.start(server.port);
    ends.push(() => proxy.stop());
    const store = new RedisStore<string>({
      connection: { host: '127.0.0.1', port: proxy.port },
      timeout: 20_000, // so that it is not the timeout that ends them
    });
    ends.push(() => store.close());
    await store.connected();
    const position = await positionOf(store.authority);
    await store.authority.bump(['b']);
    const token = { ...position, tags: ['a'] };
    expect(await store.authority.check(token)).toBe('current');
    const began = performance.now();
    proxy.cutAfter = 3;
    expect(await store.authority.check(token)).toBe('unreachable');
    await store.connected();
    expect(await store.authority.check(token)).toBe('current');
    proxy.cutAfter = 1;
    await expect(store.authority.bump(['a'])).rejects.toThrow('may not be acknowledged');
    await store.connected();
    expect(await store.authority.check(token)).toBe('outdated'); // Redis had taken it; once too often does no harm
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('one that is not there or went away is asked again when it is back', async () => {
    const store = await connectedTo(server.port);
    await server.kill();
    await expectUnreachable(store);
    const late = storeAt(server.port);
    await expectUnreachable(late);
    await expect(late.connected()).rejects.toMatchObject({
      message: expect.stringContaining('could not be asked within 200 ms'),
      cause: { code: 'ECONNREFUSED' },
    });
    await server.restart();
    await expectRecovered(store);
    await expectRecovered(late);
  });

  it('one that refuses the password is asked again, in case that it takes it later', async () => {
    await admin.config('SET', 'requirepass', 'right');
    const store = storeAt(server.port);
    const wrong = storeAt(server.port, { password: 'wrong' });
    const right = storeAt(server.port, { password: 'right' });
    await right.connected(2000);
    await expectUnreachable(store);
    await expectUnreachable(wrong);
    await expect(wrong.connected(1000)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('WRONGPASS') },
    });
    await admin.config('SET', 'requirepass', 'wrong');
    await expectRecovered(wrong);
  });

  it.each(['yes', 'no'])('a replica is none, with replica-read-only %s', async (readOnly) => {
    const store = await connectedTo(server.port);
    const token = { ...(await positionOf(store.authority)), tags: ['a'] };
    await admin.config('SET', 'replica-read-only', readOnly);
    await admin.replicaof('127.0.0.1', 1); // a master that nobody is
    await expectUnreachable(store);
    await admin.replicaof('NO', 'ONE');
    await expectRecovered(store);
    expect(await store.authority.check(token)).toBe('forgotten');
  });

  it('a master without the replicas that it must have is none', async () => {
    const store = await connectedTo(server.port);
    await positionOf(store.authority);
    await admin.config('SET', 'min-replicas-to-write', '1');
    await expectUnreachable(store);
    await admin.config('SET', 'min-replicas-to-write', '0');
    await expectRecovered(store);
  });

  it('a bump without memory left throws or is kept, and what is held may be given out', async () => {
    const store = await connectedTo(server.port);
    const { sequence: begun } = await positionOf(store.authority);
    const used = Number(/used_memory:(\d+)/.exec(await admin.info('memory'))?.[1]);
    await admin.config('SET', 'maxmemory', String(used + 300_000));
    const counted = { kept: 0, thrown: 0 };
    for (let i = 0; counted.thrown < 10; i++) {
      const position = await store.authority.position();
      if (!position) {
        counted.thrown++; // it may not begin an epoch either
        continue;
      }
      const token = { ...position, tags: [`tag ${i}`.padEnd(2000)] };
      const kept = await store.authority.bump(token.tags).then(
        () => true,
        () => false,
      );
      expect(await store.authority.check(token)).toBe(kept ? 'outdated' : 'current');
      counted[kept ? 'kept' : 'thrown']++;
    }
    expect(begun).toBe(0);
    await admin.config('SET', 'maxmemory', '1');
    await expect(store.authority.bump(['a'])).rejects.toThrow('OOM');
    expect(counted.kept).toBeGreaterThan(10);
    await admin.config('SET', 'maxmemory', '0');
    await expectRecovered(store);
  });

  it('one that was closed is unreachable and stays so, also when it was closed while Redis was away', async () => {
    const [store, waiting] = [await connectedTo(server.port), await connectedTo(server.port)];
    store.close();
    store.close();
    await expectUnreachable(store);
    await server.kill();
    await expect.poll(() => waiting.authority.position()).toBeUndefined();
    waiting.close();
    await server.restart();
    await pause(700); // longer than the pause between two attempts
    await expectUnreachable(store);
    await expectUnreachable(waiting);
  });
});
