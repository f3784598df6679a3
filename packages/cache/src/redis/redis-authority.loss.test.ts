import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { positionOf } from '../testing/position-of.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import type { RedisAuthority } from './redis-authority.ts';
import { RedisStore } from './redis-store.ts';

const key = 'cache:{all}:a';
const missing = process.env.CI ? undefined : await whyNoRedis();

describe.skipIf(missing)(`when Redis forgets${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let server: RedisServer;
  let admin: Redis;
  let store: RedisStore<unknown>;
  let authority: RedisAuthority;
  beforeEach(async () => {
    server = await RedisServer.start('--maxmemory', '4mb', '--maxmemory-policy', 'allkeys-random');
    admin = new Redis(server.port, { maxRetriesPerRequest: null });
    admin.on('error', () => {}); // it is killed in some tests
    const connection = { host: '127.0.0.1', port: server.port };
    store = new RedisStore({ connection, timeout: 2000 });
    authority = store.authority;
    await store.connected();
  });
  afterEach(async () => {
    store.close();
    admin.disconnect();
    await server.stop();
  });

  async function crash(): Promise<void> {
    await server.kill();
    await server.restart();
    await expect.poll(() => authority.position(), { timeout: 4000 }).toBeDefined();
  }

  /** A token of a tag that nobody bumps. */
  const token = async () => ({ ...(await positionOf(authority)), tags: ['untouched'] });

  it.each(['FLUSHALL', 'FLUSHDB', `DEL ${key}`])('%s begins another epoch', async (command) => {
    await authority.bump(['a']);
    const before = await token();
    const [name, ...rest] = command.split(' ');
    await admin.call(name ?? '', ...rest);
    expect(await authority.check(before)).toBe('forgotten');
    await authority.bump(['a']);
    expect(await authority.check(before)).toBe('forgotten');
    expect(await authority.check(await token())).toBe('current');
    expect(await authority.check(before)).toBe('forgotten');
  });

  it('a crash without a dump begins another epoch', async () => {
    const before = await token();
    await crash();
    expect(await authority.check(before)).toBe('forgotten');
    expect(await authority.check(await token())).toBe('current');
  });

  it('a crash that brings back an old dump outdates nothing in silence', async () => {
    const first = await token();
    await authority.bump(['a']);
    await admin.save();
    const atDump = await token();
    await authority.bump(['b']);
    const between = await token();
    await crash();
    const after = await token();
    expect(after.sequence).toBe(atDump.sequence); // what was dumped is back, and the bump of b is lost
    for (const tags of [['untouched'], ['a'], ['b']])
      for (const one of [first, atDump, between])
        expect(await authority.check({ ...one, tags })).toBe('forgotten');
    await authority.bump(['c']);
    expect(await authority.check(after)).toBe('current');
    expect(await authority.check({ ...after, tags: ['c'] })).toBe('outdated');
    for (const one of [first, atDump, between]) expect(await authority.check(one)).toBe('forgotten');
  });

  it('an older copy put back is not believed about what came after it', async () => {
    await token();
    const copy = await admin.dumpBuffer(key);
    await authority.bump(['a']);
    const late = await token();
    await admin.restore(key, 0, copy, 'REPLACE');
    expect(await authority.check(late)).toBe('forgotten');
  });

  it('an eviction takes all, and no bump is forgotten alone', async () => {
    const epochs = new Set<string>();
    const counted = { outdated: 0, forgotten: 0, current: 0, unreachable: 0 };
    for (let round = 0; round < 400; round++) {
      const position = await positionOf(authority);
      epochs.add(position.epoch);
      await authority.bump([`tag ${round % 7}`, `another ${round}`]);
      for (let i = 0; i < 8; i++) await admin.set(`filler ${round} ${i}`, 'x'.repeat(20_000));
      counted[await authority.check({ ...position, tags: [`tag ${round % 7}`] })]++;
    }
    expect(Number(/evicted_keys:(\d+)/.exec(await admin.info('stats'))?.[1])).toBeGreaterThan(1000);
    expect(counted).toMatchObject({ current: 0, unreachable: 0 });
    expect(counted.forgotten).toBeGreaterThan(0);
    expect(counted.outdated).toBeGreaterThan(100);
    expect(epochs.size).toBeGreaterThan(1);
  });
});
