import KeyvRedis from '@keyv/redis';
import { Keyv } from 'keyv';
import { ttlSeconds } from './limits.ts';
import type { OpenCache, Opening, Peer } from './peer.ts';

/**
 * keyv: one store, its default Map or `@keyv/redis`, with `get` and `set` by hand around the load and its default JSON.
 * After a write `delete(key)`. Keyv 5.6.0 and not 6.1.0, as `@keyv/redis` 5.1.6, cacheable and cache-manager take no other.
 */
export const keyv: Peer = {
  name: 'keyv',
  packages: ['keyv'],
  layers: ['memory', 'redis'],
  inStep: false,
  listens: false,
  drainsOutbox: false,
  tags: false,
  makesKeys: false,
  bounded: false,
  async open<Value extends object>({ layers, port }: Opening): Promise<OpenCache<Value>> {
    const store = layers === 'redis' ? { store: new KeyvRedis(`redis://127.0.0.1:${port}`) } : {};
    const held = new Keyv<Value>({ ...store, ttl: ttlSeconds * 1000 });
    held.on('error', () => {}); // else an error event ends the process
    return {
      async read(key, load) {
        const found = await held.get(key);
        if (found !== undefined) return found;
        const value = await load();
        await held.set(key, value);
        return value;
      },
      deleteKey: async (key) => void (await held.delete(key)),
      close: () => held.disconnect(),
    };
  },
};
