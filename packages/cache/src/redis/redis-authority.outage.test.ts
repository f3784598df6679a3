import { setTimeout as pause } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { positionOf } from '../testing/position-of.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { TcpProxy } from '../testing/tcp-proxy.ts';
import { RedisAuthority } from './redis-authority.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();
const timeout = 200;
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

  function authorityAt(port: number, more: RedisOptions = {}): RedisAuthority {
    const connection = { host: '127.0.0.1', port, ...more };
    const authority = new RedisAuthority({ connection, key: 'authority', timeout });
    ends.push(() => authority.close());
    return authority;
  }

  async function connectedTo(port: number): Promise<RedisAuthority> {
    const authority = authorityAt(port);
    await authority.connected(2000);
    return authority;
  }

  /** All calls at once, some of them repeatedly; none may take longer than `longest`. */
  async function expectUnreachable(authority: RedisAuthority): Promise<void> {
    for (let round = 0; round < 3; round++) {
      const began = performance.now();
      const token = { epoch: '', sequence: 0, tags: ['a'] };
      const [position, verdict, bumped] = await Promise.allSettled([
        authority.position(),
        authority.check(token),
        authority.bump(['a']),
      ]);
      expect(performance.now() - began).toBeLessThan(longest);
      expect(position).toEqual({ status: 'fulfilled', value: undefined });
      expect(verdict).toEqual({ status: 'fulfilled', value: 'unreachable' });
      expect(bumped).toMatchObject({
        reason: { message: expect.stringContaining('may not be acknowledged') },
      });
    }
  }

  async function expectRecovered(authority: RedisAuthority): Promise<void> {
    await expect.poll(() => authority.position(), { timeout: 4000 }).toBeDefined();
    const position = await positionOf(authority);
    await authority.bump(['recovered']);
    expect(await authority.check({ ...position, tags: ['recovered'] })).toBe('outdated');
  }

  it('nothing waits for one that is stopped', async () => {
    const authority = await connectedTo(server.port);
    await expectRecovered(authority);
    await server.kill('SIGSTOP');
    await expectUnreachable(authority);
    const began = performance.now();
    await expectUnreachable(authority);
    expect(performance.now() - began).toBeLessThan(timeout); // the connection was given up
    await server.kill('SIGCONT');
    await expectRecovered(authority);
  });

  it('nothing waits for one that answers after two seconds', async () => {
    const proxy = await TcpProxy.start(server.port);
    ends.push(() => proxy.stop());
    const authority = await connectedTo(proxy.port);
    proxy.delay = 2000;
    await expectUnreachable(authority);
    proxy.delay = 0;
    await expectRecovered(authority);
  });

  it('nothing waits for one that answers later and later, and always something', async () => {
    const proxy = await TcpProxy.start(server.port);
    ends.push(() => proxy.stop());
    const authority = await connectedTo(proxy.port);
    const token = { ...(await positionOf(authority)), tags: ['a'] };
    expect(await authority.check(token)).toBe('current');
    const answers: Promise<{ verdict: string; took: number }>[] = [];
    for (let i = 0; i < 25; i++) {
      proxy.delay = 20 * i;
      const began = performance.now();
      answers.push(authority.check(token).then((verdict) => ({ verdict, took: performance.now() - began })));
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
    const authority = await connectedTo(proxy.port);
    const other = await RedisServer.start();
    ends.push(() => other.stop());
    await admin.replicaof('127.0.0.1', other.port);
    proxy.target = other.port;
    await expectRecovered(authority);
  });

  it('a connection cut in the middle of an answer fails its calls at once, and is made again', async () => {
    const proxy = await TcpProxy.start(server.port);
    ends.push(() => proxy.stop());
    const authority = new RedisAuthority({
      connection: { host: '127.0.0.1', port: proxy.port },
      key: 'authority',
      timeout: 20_000, // so that it is not the timeout that ends them
    });
    ends.push(() => authority.close());
    await authority.connected();
    const position = await positionOf(authority);
    await authority.bump(['b']);
    const token = { ...position, tags: ['a'] };
    expect(await authority.check(token)).toBe('current');
    const began = performance.now();
    proxy.cutAfter = 3;
    expect(await authority.check(token)).toBe('unreachable');
    await authority.connected();
    expect(await authority.check(token)).toBe('current');
    proxy.cutAfter = 1;
    await expect(authority.bump(['a'])).rejects.toThrow('may not be acknowledged');
    await authority.connected();
    expect(await authority.check(token)).toBe('outdated'); // Redis had taken it; once too often does no harm
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('one that is not there or went away is asked again when it is back', async () => {
    const authority = await connectedTo(server.port);
    await server.kill();
    await expectUnreachable(authority);
    const late = authorityAt(server.port);
    await expectUnreachable(late);
    await expect(late.connected()).rejects.toMatchObject({
      message: expect.stringContaining('could not be asked within 200 ms'),
      cause: { code: 'ECONNREFUSED' },
    });
    await server.restart();
    await expectRecovered(authority);
    await expectRecovered(late);
  });

  it('one that refuses the password is asked again, in case that it takes it later', async () => {
    await admin.config('SET', 'requirepass', 'right');
    const authority = authorityAt(server.port);
    const wrong = authorityAt(server.port, { password: 'wrong' });
    const right = authorityAt(server.port, { password: 'right' });
    await right.connected(2000);
    await expectUnreachable(authority);
    await expectUnreachable(wrong);
    await expect(wrong.connected(1000)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('WRONGPASS') },
    });
    await admin.config('SET', 'requirepass', 'wrong');
    await expectRecovered(wrong);
  });

  it.each(['yes', 'no'])('a replica is none, with replica-read-only %s', async (readOnly) => {
    const authority = await connectedTo(server.port);
    const token = { ...(await positionOf(authority)), tags: ['a'] };
    await admin.config('SET', 'replica-read-only', readOnly);
    await admin.replicaof('127.0.0.1', 1); // a master that nobody is
    await expectUnreachable(authority);
    await admin.replicaof('NO', 'ONE');
    await expectRecovered(authority);
    expect(await authority.check(token)).toBe('forgotten');
  });

  it('a master without the replicas that it must have is none', async () => {
    const authority = await connectedTo(server.port);
    await positionOf(authority);
    await admin.config('SET', 'min-replicas-to-write', '1');
    await expectUnreachable(authority);
    await admin.config('SET', 'min-replicas-to-write', '0');
    await expectRecovered(authority);
  });

  it('a bump without memory left throws or is kept, and what is held may be given out', async () => {
    const authority = await connectedTo(server.port);
    const { sequence: begun } = await positionOf(authority);
    const used = Number(/used_memory:(\d+)/.exec(await admin.info('memory'))?.[1]);
    await admin.config('SET', 'maxmemory', String(used + 300_000));
    const counted = { kept: 0, thrown: 0 };
    for (let i = 0; counted.thrown < 10; i++) {
      const position = await authority.position();
      if (!position) {
        counted.thrown++; // it may not begin an epoch either
        continue;
      }
      const token = { ...position, tags: [`tag ${i}`.padEnd(2000)] };
      const kept = await authority.bump(token.tags).then(
        () => true,
        () => false,
      );
      expect(await authority.check(token)).toBe(kept ? 'outdated' : 'current');
      counted[kept ? 'kept' : 'thrown']++;
    }
    expect(begun).toBe(0);
    await admin.config('SET', 'maxmemory', '1');
    await expect(authority.bump(['a'])).rejects.toThrow('OOM');
    expect(counted.kept).toBeGreaterThan(10);
    await admin.config('SET', 'maxmemory', '0');
    await expectRecovered(authority);
  });

  it('one that was closed is unreachable and stays so, also when it was closed while Redis was away', async () => {
    const [authority, waiting] = [await connectedTo(server.port), await connectedTo(server.port)];
    authority.close();
    authority.close();
    await expectUnreachable(authority);
    await server.kill();
    await expect.poll(() => waiting.position()).toBeUndefined();
    waiting.close();
    await server.restart();
    await pause(700); // longer than the pause between two attempts
    await expectUnreachable(authority);
    await expectUnreachable(waiting);
  });
});
