import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Cache } from '../cache.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import { RedisStore } from '../redis/index.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();

let server: RedisServer;
let admin: Redis;
let store: RedisStore<string>;
beforeAll(async () => {
  if (missing) return;
  server = await RedisServer.start('--maxmemory-policy', 'noeviction');
  admin = new Redis(server.port);
  store = new RedisStore({ connection: { host: '127.0.0.1', port: server.port }, timeout: 5000 });
  await store.connected();
});
afterAll(async () => {
  if (missing) return;
  store.close();
  admin.disconnect();
  await server.stop();
});

it.skipIf(missing)('what lies beside the cache in Redis survives whatever the cache does', async () => {
  const others = { 'jobs:1': 'a', 'whatsapp:1': 'b', '1': 'c', ':1': 'd', 'orders:1': 'e' };
  await admin.mset(others);
  const cache = new Cache<string>({
    authority: store.authority,
    tiers: [new MemoryTier({ maxBytes: 1e6 }), store.tier],
    protect: ['jobs:', 'whatsapp:'],
  });
  const orders = cache.namespace('orders');
  const ways = [
    () => cache.clear(),
    () => cache.invalidatePattern('*'),
    () => cache.invalidatePattern('?obs:*'),
    () => cache.invalidatePattern('jo*'),
    () => orders.clear(),
    () => orders.delete('1'),
  ];
  for (const way of ways) {
    await orders.set('1', 'held');
    expect(await orders.get('1')).toBe('held');
    await way();
    expect(await orders.get('1')).toBeUndefined();
    expect(await admin.mget(Object.keys(others))).toEqual(Object.values(others));
  }
});
