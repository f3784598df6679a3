import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisBusDriver, redisDriver } from 'bentocache/drivers/redis';
import { QuietRedis } from '../redis/quiet-redis.ts';
import { manyEntries, ttlSeconds } from './limits.ts';
import type { OpenCache, Opening, Peer } from './peer.ts';

/**
 * BentoCache: memory with `serialize: false`, its fast setting. With Redis behind it as second layer and the Redis bus
 * between the memories it is `serialize: true`, the default: version 1.6.1 throws with the other one as soon as a message
 * or a value of the second layer comes in (its issue 111). It asks for ioredis 5 and has 6 here, as all others
 * (`overrides` of the root's package.json); with 5.9.3 it did the same. Nothing else is set: no grace, no time limits,
 * errors of the second layer suppressed. After a write `delete({ key })` or `deleteByTag({ tags })`.
 */
export const bentocache: Peer = {
  name: 'BentoCache',
  packages: ['bentocache', 'ioredis'],
  layers: ['memory', 'redis', 'memory over redis'],
  inStep: true,
  listens: true,
  drainsOutbox: false,
  tags: true,
  makesKeys: false,
  bounded: true,
  async open<Value extends object>({
    layers,
    port = 0,
    entries = manyEntries,
  }: Opening): Promise<OpenCache<Value>> {
    const store = bentostore();
    const serialize = layers === 'memory over redis';
    if (layers !== 'redis') store.useL1Layer(memoryDriver({ maxItems: entries, serialize }));
    if (layers !== 'memory') store.useL2Layer(redisDriver({ connection: new QuietRedis(port) }));
    if (layers === 'memory over redis') store.useBus(redisBusDriver({ connection: new QuietRedis(port) }));
    const bento = new BentoCache({ default: 'bench', ttl: `${ttlSeconds}s`, stores: { bench: store } });
    bento.use(); // connects, which it else does at its first use
    return {
      read: (key, load, tags) =>
        bento.getOrSet<Value>({ key, factory: load, ...(tags && { tags: [...tags] }) }),
      deleteKey: async (key) => void (await bento.delete({ key })),
      invalidateTags: async (tags) => void (await bento.deleteByTag({ tags: [...tags] })),
      close: () => bento.disconnectAll(),
    };
  },
};
