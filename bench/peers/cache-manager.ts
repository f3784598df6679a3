import { createKeyv as createRedis } from '@keyv/redis';
import { createCache } from 'cache-manager';
import { createKeyv as createMemory } from 'cacheable';
import { manyEntries, ttlSeconds } from './limits.ts';
import type { OpenCache, Opening, Peer } from './peer.ts';

/**
 * cache-manager: `wrap` over the stores of its documentation, cacheable's memory (`createKeyv` with `lruSize`) and
 * `@keyv/redis`; `nonBlocking: false`, the default. Nothing keeps the memories of several processes in step, so where
 * several share a Redis it is used with the Redis alone. After a write `del(key)`.
 */
export const cacheManager: Peer = {
  name: 'cache-manager',
  packages: ['cache-manager'],
  layers: ['memory', 'redis', 'memory over redis'],
  inStep: false,
  listens: false,
  drainsOutbox: false,
  tags: false,
  makesKeys: false,
  bounded: true,
  async open<Value extends object>({
    layers,
    port,
    entries = manyEntries,
  }: Opening): Promise<OpenCache<Value>> {
    const ttl = ttlSeconds * 1000;
    const memory = layers === 'redis' ? [] : [createMemory({ ttl, lruSize: entries })];
    const redis = layers === 'memory' ? [] : [createRedis(`redis://127.0.0.1:${port}`)];
    const stores = [...memory, ...redis];
    for (const store of stores) store.on('error', () => {}); // else an error event ends the process
    const cache = createCache({ stores, ttl });
    return {
      read: (key, load) => cache.wrap(key, load),
      deleteKey: async (key) => void (await cache.del(key)),
      close: () => cache.disconnect(),
    };
  },
};
