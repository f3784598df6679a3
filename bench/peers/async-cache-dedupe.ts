import { createCache, type StorageInputMemory, type StorageInputRedis } from 'async-cache-dedupe';
import { stringify } from 'safe-stable-stringify';
import { QuietRedis } from '../redis/quiet-redis.ts';
import { manyEntries, ttlSeconds } from './limits.ts';
import type { OpenCache, Opening, Peer } from './peer.ts';

interface Asked<Value> {
  readonly key: string;
  readonly load: () => Promise<Value>;
  readonly tags: readonly string[];
}

interface AskedByArgument<Value> {
  readonly argument: unknown;
  readonly load: () => Promise<Value>;
}

/**
 * async-cache-dedupe: one storage, memory or Redis through ioredis, with `invalidation` and `references`, whose time to
 * live is that of the values, as its documentation asks; `stale: 0`, the default. Arguments become keys as they are written
 * by its own `safe-stable-stringify`. After a write `clear(name, argument)` or `invalidateAll(references)`.
 */
export const asyncCacheDedupe: Peer = {
  name: 'async-cache-dedupe',
  packages: ['async-cache-dedupe', 'ioredis'],
  layers: ['memory', 'redis'],
  inStep: false,
  listens: false,
  drainsOutbox: false,
  tags: true,
  makesKeys: true,
  bounded: true,
  async open<Value extends object>({
    layers,
    port,
    entries = manyEntries,
  }: Opening): Promise<OpenCache<Value>> {
    const client = layers === 'redis' && port !== undefined ? new QuietRedis(port) : undefined;
    const storage: StorageInputMemory | StorageInputRedis = client
      ? { type: 'redis', options: { client, invalidation: { referencesTTL: ttlSeconds } } }
      : { type: 'memory', options: { size: entries, invalidation: true } };
    const cache = createCache({ ttl: ttlSeconds, storage })
      .define(
        'read',
        {
          serialize: ({ key }: Asked<Value>) => key,
          references: ({ tags }: Asked<Value>) => [...tags],
        },
        ({ load }: Asked<Value>) => load(),
      )
      .define(
        'readByArgument',
        { serialize: ({ argument }: AskedByArgument<Value>) => argument },
        ({ load }: AskedByArgument<Value>) => load(),
      );
    return {
      read: (key, load, tags = []) => cache.read({ key, load, tags }),
      readByArgument: (argument, load) => cache.readByArgument({ argument, load }),
      deleteKey: (key) => cache.clear('read', { key }),
      invalidateTags: (tags) => cache.invalidateAll([...tags]),
      makeKey: stringify,
      close: async () => void (await client?.quit()),
    };
  },
};
