import type { EventEmitter } from 'node:events';
import KeyvRedis from '@keyv/redis';
import { RedisMessageProvider } from '@qified/redis';
import { Cacheable, type CacheableOptions, createKeyv } from 'cacheable';
import { ttlSeconds } from './limits.ts';
import type { OpenCache, Opening, Peer } from './peer.ts';

/**
 * cacheable: its own memory as primary (with `lruSize` where it is bounded), Redis (`@keyv/redis`) as secondary and its sync
 * over Redis (`@qified/redis`) between the memories; `nonBlocking: false`, the default. `getOrSet` takes no tags, so a read
 * with tags is a `get` and a `set` with them by hand, with `tags: true`. Redis alone is a Cacheable whose primary is Redis.
 * `wrap` makes keys. After a write `delete(key)` or `tags.invalidateTags(tags)`.
 */
export const cacheable: Peer = {
  name: 'cacheable',
  packages: ['cacheable', '@keyv/redis', '@qified/redis'],
  layers: ['memory', 'redis', 'memory over redis'],
  inStep: true,
  listens: true,
  drainsOutbox: false,
  tags: true,
  makesKeys: true,
  bounded: true,
  async open<Value extends object>({
    layers,
    port,
    tagged = false,
    entries,
  }: Opening): Promise<OpenCache<Value>> {
    const url = `redis://127.0.0.1:${port}`;
    const options: CacheableOptions = { ttl: ttlSeconds * 1000, tags: tagged };
    if (entries !== undefined) options.primary = createKeyv({ lruSize: entries });
    if (layers === 'redis') options.primary = new KeyvRedis(url);
    if (layers === 'memory over redis') {
      options.secondary = new KeyvRedis(url);
      options.sync = { qified: messages(url) };
    }
    const cache = new Cacheable(options);
    cache.on('error', () => {}); // else an error event ends the process

    async function readTagged(key: string, load: () => Promise<Value>, tags: readonly string[]) {
      const held = await cache.get<Value>(key);
      if (held !== undefined) return held;
      const value = await load();
      await cache.set(key, value, { tags: [...tags] });
      return value;
    }
    async function readPlain(key: string, load: () => Promise<Value>) {
      const value = await cache.getOrSet(key, load);
      if (value === undefined) throw new Error('cacheable gave nothing.');
      return value;
    }
    // JSON.stringify, of which the key is a hash, writes a function as null: only the argument tells keys apart.
    const byArgument = cache.wrap((_argument: unknown, load: () => Promise<Value>) => load(), {
      keyPrefix: 'bench',
    });
    return {
      read: (key, load, tags) => (tags ? readTagged(key, load, tags) : readPlain(key, load)),
      readByArgument: (argument, load) => byArgument(argument, load),
      deleteKey: async (key) => void (await cache.delete(key)),
      invalidateTags: async (tags) => void (await cache.tags.invalidateTags([...tags])),
      makeKey: (argument) => cache.hashSync([argument]),
      close: () => cache.disconnect(),
    };
  },
};

/** Nobody hears errors of its two connections, so that a Redis that restarts would end the process. */
function messages(uri: string): RedisMessageProvider {
  const provider = new RedisMessageProvider({ uri });
  // Both are clients of node-redis; the provider has no other way to them.
  const clients = [provider['pub'], provider['sub']] as EventEmitter[];
  for (const client of clients) client.on('error', () => {});
  return provider;
}
