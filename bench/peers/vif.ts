import { bypass, Cache, canonicalKey, MemoryAuthority, MemoryTier } from '@vif/cache';
import { RedisStore } from '@vif/cache/redis';
import { manyEntries, ttlSeconds } from './limits.ts';
import type { OpenCache, Opening, Peer } from './peer.ts';

const enough = 2 ** 40;

/**
 * `@vif/cache`: its memory bounded in entries, with a MemoryAuthority that remembers as many tags, or a RedisStore's
 * authority and tier, with a memory before them or without. Nothing else is set: values are frozen and their size is
 * estimated. `wrap` makes keys. After a write `delete(key)` or the authority's `bump(tags)`.
 */
export const vif: Peer = {
  name: 'Vif',
  packages: [],
  layers: ['memory', 'redis', 'memory over redis'],
  inStep: true,
  listens: false,
  drainsOutbox: true,
  tags: true,
  makesKeys: true,
  bounded: true,
  async open<Value extends object>({
    layers,
    port = 0,
    entries = manyEntries,
  }: Opening): Promise<OpenCache<Value>> {
    const memory = new MemoryTier<Value>({ maxBytes: enough, maxEntries: entries });
    const store =
      layers === 'memory' ? undefined : new RedisStore<Value>({ connection: { host: '127.0.0.1', port } });
    await store?.connected(5000);
    const authority = store?.authority ?? new MemoryAuthority({ capacity: entries });
    const tiers = [...(layers === 'redis' ? [] : [memory]), ...(store ? [store.tier] : [])];
    const cache = new Cache<Value>({ authority, tiers, defaults: { ttl: ttlSeconds * 1000 } });
    const byArgument = cache.wrap('read', (_argument: unknown, load: () => Promise<Value>) => load(), {
      key: (argument) => argument,
    });
    return {
      read: (key, load, tags) => cache.getOrSet(key, load, tags && { tags }),
      readInTransaction: (key, load, tags) => bypass(() => cache.getOrSet(key, load, tags && { tags })),
      readByArgument: (argument, load) => byArgument(argument, load),
      deleteKey: (key) => cache.delete(key),
      invalidateTags: async (tags) => void (await authority.bump(tags)),
      makeKey: canonicalKey,
      async close() {
        await cache.written();
        store?.close();
      },
    };
  },
};
