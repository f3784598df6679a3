import KeyvRedis from '@keyv/redis';
import { Keyv } from 'keyv';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cache } from '../cache.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { tierContract } from '../testing/tier-contract.ts';
import type { Stored } from '../tier.ts';
import { KeyvTier } from './keyv-tier.ts';

const stored = (value: unknown, keptUntil = Infinity): Stored<unknown> => ({
  value,
  token: { epoch: 'e', sequence: 1, tags: [] },
  namespace: 'ns',
  storedAt: 0,
  expires: keptUntil,
  keptUntil,
  bytes: 1,
});

tierContract('the Keyv tier on a Map', (maxBytes) => {
  const tier = new KeyvTier<unknown>(new Keyv({ namespace: 'own' }), { maxBytes });
  return Promise.resolve({ tier, close: () => Promise.resolve() });
});

describe('the Keyv tier', () => {
  it('clears its own namespace of a store and nothing else, and refuses to have none', async () => {
    const store = new Map<string, unknown>([['theirs', 'kept']]);
    const [a, b] = ['a', 'b'].map((namespace) => new KeyvTier<unknown>(new Keyv({ store, namespace })));
    await a?.set('k', stored('of a'));
    await b?.set('k', stored('of b'));
    await a?.clear('');
    expect(await a?.get('k')).toBeUndefined();
    expect((await b?.get('k'))?.value).toBe('of b');
    expect(store.get('theirs')).toBe('kept');
    expect(() => new KeyvTier(new Keyv({ store }))).toThrow('namespace');
  });

  it('refuses a value that was cut off, moved to another key or is somebody else’s, and deletes it', async () => {
    const store = new Map<string, unknown>();
    const keyv = new Keyv<unknown>({ store, namespace: 'own' });
    const tier = new KeyvTier<unknown>(keyv);
    await tier.set('a', stored('of a'));
    await tier.set('b', stored('of b'));
    const [ofA = '', ofB = ''] = Array.from(store.keys(), (name) => name.slice('own::'.length));
    const whole = await keyv.get(ofA);
    for (const wrong of [String(whole).slice(0, -8), await keyv.get(ofB), 'text', 7, null]) {
      await keyv.set(ofA, wrong);
      expect(await tier.get('a')).toBeUndefined();
      expect(await keyv.has(ofA)).toBe(false);
    }
    await keyv.set(ofA, whole);
    expect((await tier.get('a'))?.value).toBe('of a');
  });

  it('keeps a value as long as its token says, and no longer than Keyv does', async () => {
    let now = Date.now();
    const keyv = new Keyv({ namespace: 'own' });
    const set = vi.spyOn(keyv, 'set');
    const tier = new KeyvTier<unknown>(keyv, { now: () => now });
    await tier.set('soon', stored('a', now + 60_000));
    await tier.set('ever', stored('b'));
    await tier.set('past', stored('c', now));
    expect(set.mock.calls.map(([, , ttl]) => ttl)).toEqual([60_000, undefined]);
    now += 60_000;
    expect(await tier.get('soon')).toBeUndefined();
    expect((await tier.get('ever'))?.value).toBe('b');
  });

  it('lets go first what nobody used for longest, and nothing for what is too much alone', async () => {
    const tier = new KeyvTier<unknown>(new Keyv({ namespace: 'own' }), { maxBytes: 40_000 });
    const held = async () => {
      const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'big'];
      const found = await Promise.all(keys.map((key) => tier.get(key)));
      return keys.filter((_, at) => found[at]).join('');
    };
    for (const key of ['a', 'b', 'c', 'd', 'e']) await tier.set(key, stored(Buffer.alloc(5000)));
    await tier.get('a');
    await tier.set('f', stored(Buffer.alloc(5000)));
    expect(await held()).toBe('acdef');
    await tier.set('big', stored(Buffer.alloc(50_000)));
    expect(await held()).toBe('acdef');
  });

  it('lets go of what was there when the store does not take the new value', async () => {
    const map = new Map<string, unknown>();
    const store = {
      full: false,
      get: (key: string) => Promise.resolve(map.get(key)),
      set(key: string, value: unknown) {
        if (!this.full) map.set(key, value);
        return Promise.resolve(!this.full);
      },
      delete: (key: string) => Promise.resolve(map.delete(key)),
      clear: () => Promise.resolve(map.clear()),
    };
    const tier = new KeyvTier<unknown>(new Keyv({ store, namespace: 'own' }));
    await tier.set('k', stored('old'));
    store.full = true;
    await tier.set('k', stored('new'));
    expect(await tier.get('k')).toBeUndefined();
  });

  it('throws what the store throws, of this very call', async () => {
    const map = new Map<string, unknown>();
    const broken = new Set<string>();
    const store = {
      get: async (key: string) => {
        await Promise.resolve();
        if (broken.has(key)) throw new Error('out of reach');
        return map.get(key);
      },
      set: (key: string, value: unknown) => Promise.resolve(Boolean(map.set(key, value))),
      delete: (key: string) => Promise.resolve(map.delete(key)),
      clear: () => Promise.resolve(map.clear()),
    };
    const tier = new KeyvTier<unknown>(new Keyv({ store, namespace: 'own' }));
    await tier.set('a', stored('A'));
    for (const key of map.keys()) broken.add(key);
    await tier.set('b', stored('B'));
    const [a, b, again] = await Promise.allSettled([tier.get('a'), tier.get('b'), tier.get('a')]);
    expect(a).toMatchObject({ reason: new Error('out of reach') });
    expect(b).toMatchObject({ value: { value: 'B' } });
    expect(again).toMatchObject({ status: 'rejected' });
  });
});

const missing = process.env.CI ? undefined : await whyNoRedis();

describe.skipIf(missing)(`the Keyv tier in Redis${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let server: RedisServer;
  let opened = 0;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.stop());

  const keyvOf = (namespace = `n${++opened}`) =>
    new Keyv({
      store: new KeyvRedis(
        { url: `redis://127.0.0.1:${server.port}`, disableOfflineQueue: true },
        { throwOnErrors: true },
      ),
      namespace,
    });

  tierContract('on Redis it', (maxBytes) => {
    const keyv = keyvOf();
    return Promise.resolve({
      tier: new KeyvTier<unknown>(keyv, { maxBytes }),
      close: async () => {
        await keyv.clear();
        await keyv.disconnect();
      },
    });
  });

  it('gives another process what one of them loaded', async () => {
    const [one, other] = [keyvOf('shared'), keyvOf('shared')];
    // Two caches that ask one authority, as two processes would ask Redis'.
    const first = new Cache({ tiers: [new KeyvTier<unknown>(one)] });
    const second = new Cache({ tiers: [new KeyvTier<unknown>(other)], authority: first.authority });
    await first.getOrSet('k', () => new Map([[1, 'one']]));
    await first.written();
    const found = await second.read('k', () => new Map<number, string>());
    expect(found).toMatchObject({ from: 'tier', tier: 'keyv', value: new Map([[1, 'one']]) });
    await first.delete('k');
    expect(await second.get('k')).toBeUndefined();
    await Promise.all([one.disconnect(), other.disconnect()]);
  });

  it('is away while Redis is, and back with it', async () => {
    const keyv = keyvOf();
    let clock = 0;
    const cache = new Cache({ tiers: [new KeyvTier<unknown>(keyv)], clock: () => clock });
    const told: string[] = [];
    cache.events.on('reach', ({ part, state }) => void told.push(`${part} ${state}`));
    await cache.set('k', 'V');
    await cache.written();
    expect(await cache.get('k')).toBe('V');
    await server.kill();
    await expect.poll(() => cache.get('k').then(() => told)).toEqual(['keyv away']);
    await server.restart();
    await expect
      .poll(
        async () => {
          clock += 10_000;
          await cache.get('k');
          return told;
        },
        { timeout: 10_000 },
      )
      .toEqual(['keyv away', 'keyv back']);
    expect(await cache.getOrSet('k', () => 'again')).toBe('again');
    await keyv.disconnect();
  });
});
