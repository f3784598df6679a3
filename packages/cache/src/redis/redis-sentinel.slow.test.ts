import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { positionOf } from '../testing/position-of.ts';
import { startSentinel } from '../testing/redis-sentinel.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { storedOf } from '../testing/stored-of.ts';
import { RedisStore } from './redis-store.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();
const slowly = { timeout: 60_000, interval: 50 };

describe.skipIf(missing)(`a Redis that Sentinel watches${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  async function server(...settings: string[]): Promise<RedisServer> {
    const one = await RedisServer.start(...settings);
    ends.push(() => one.stop());
    return one;
  }

  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'is believed no more about what was before, once another was promoted after %s',
    async (signal) => {
      const master = await server();
      const replica = await server('--replicaof', '127.0.0.1', String(master.port));
      const admin = new Redis(replica.port);
      ends.push(() => admin.disconnect());
      await expect.poll(() => admin.info('replication'), slowly).toContain('master_link_status:up');
      const sentinel = await startSentinel(master);
      ends.push(() => sentinel.stop());
      const watcher = new Redis(sentinel.port);
      ends.push(() => watcher.disconnect());
      await expect
        .poll(async () => String(await watcher.call('INFO', 'sentinel')), slowly)
        .toContain('slaves=1');

      const connection = { sentinels: [{ host: '127.0.0.1', port: sentinel.port }], name: 'main' };
      const store = new RedisStore<string>({ connection, timeout: 300 });
      ends.push(() => store.close());
      await store.connected(5000);
      const { authority, tier } = store;
      const token = { ...(await positionOf(authority)), tags: ['a'] };
      const stored = { ...storedOf('value'), token };
      expect(await tier.settle('k', stored)).toBe('current');
      await expect.poll(() => admin.exists('cache:{all}:v:k'), slowly).toBe(1);

      await master.kill(signal);
      const began = performance.now();
      expect(await authority.check(token)).toBe('unreachable');
      await expect(tier.look('k')).rejects.toBeInstanceOf(Error);
      expect(performance.now() - began).toBeLessThan(2000);
      const verdicts = new Set<string>();
      const asked = async () => {
        const verdict = await authority.check(token);
        verdicts.add(verdict);
        return verdict;
      };
      await expect.poll(asked, slowly).toBe('forgotten');
      expect(verdicts).not.toContain('current');
      // The value came over with the replica, and its token is worth nothing there.
      expect(await tier.get('k')).toMatchObject({ value: 'value' });
      expect(await tier.look('k', 'one')).toMatchObject({ missed: 'forgotten', holder: 'one' });
      expect(await admin.info('replication')).toContain('role:master');
      await authority.bump(['a']);
      expect(await tier.settle('k', stored)).toBe('forgotten');
    },
  );
});
