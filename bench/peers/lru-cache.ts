import { LRUCache } from 'lru-cache';
import { manyEntries, ttlSeconds } from './limits.ts';
import type { OpenCache, Opening, Peer } from './peer.ts';

/**
 * lru-cache: `fetch` with a `fetchMethod`, which is given the load as its context; no option about aborted fetches is
 * set, so whoever waits for a fetch whose key is deleted gets an error. After a write `delete(key)`.
 */
export const lruCache: Peer = {
  name: 'lru-cache',
  packages: ['lru-cache'],
  layers: ['memory'],
  inStep: false,
  listens: false,
  drainsOutbox: false,
  tags: false,
  makesKeys: false,
  bounded: true,
  async open<Value extends object>({ entries = manyEntries }: Opening): Promise<OpenCache<Value>> {
    const cache = new LRUCache<string, Value, () => Promise<Value>>({
      max: entries,
      ttl: ttlSeconds * 1000,
      fetchMethod: (_key, _stale, { context: load }) => load(),
    });
    return {
      async read(key, load) {
        const value = await cache.fetch(key, { context: load });
        if (value === undefined) throw new Error('lru-cache gave nothing.');
        return value;
      },
      deleteKey: async (key) => void cache.delete(key),
      async close() {
        cache.clear();
      },
    };
  },
};
