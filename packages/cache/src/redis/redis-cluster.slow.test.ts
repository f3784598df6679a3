import { Cluster } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { authorityContract } from '../testing/authority-contract.ts';
import { jointTierContract } from '../testing/joint-tier-contract.ts';
import { positionOf } from '../testing/position-of.ts';
import { type RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { storedOf } from '../testing/stored-of.ts';
import { tierContract } from '../testing/tier-contract.ts';
import { RedisStore, type RedisStoreOptions } from './redis-store.ts';
import { startCluster } from './start-cluster.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();

describe.skipIf(missing)(`a Redis Cluster of three${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let servers: RedisServer[] = [];
  let admin: Cluster;
  beforeAll(async () => {
    servers = await startCluster(3);
    admin = new Cluster(servers.map(({ port }) => ({ host: '127.0.0.1', port })));
    admin.on('error', () => {}); // one of them is killed
  });
  afterAll(async () => {
    admin.disconnect();
    await Promise.all(servers.map((server) => server.stop()));
  });

  const stores: RedisStore<unknown>[] = [];
  afterEach(() => {
    for (const store of stores.splice(0)) store.close();
  });

  let partitions = 0;
  async function open(options: Omit<RedisStoreOptions<unknown>, 'connection'>): Promise<RedisStore<unknown>> {
    const nodes = servers.map(({ port }) => ({ host: '127.0.0.1', port }));
    // Partitions of all tests fall on all nodes.
    const partition = `partition ${++partitions}`;
    const store = new RedisStore({ connection: { nodes }, partition, timeout: 5000, ...options });
    stores.push(store);
    await store.connected();
    return store;
  }
  const openTier = async (options: Omit<RedisStoreOptions<unknown>, 'connection'>) => {
    const store = await open(options);
    return { tier: store.tier, close: () => Promise.resolve(store.close()) };
  };

  tierContract('its tier', (maxValueBytes) => openTier({ maxValueBytes }), { bounded: false });
  jointTierContract('its tier', (lease) => openTier({ lease }));

  describe('its authority', () => {
    authorityContract(async (capacity) => {
      const store = await open({ capacity });
      const key = `cache:{partition ${partitions}}:a`;
      const forget = async () => {
        await admin.del(key);
      };
      return { authority: store.authority, forget, close: () => store.close() };
    });
  });

  it('clears a partition on whichever node, and no other', async () => {
    const store = await open({});
    const tiers = Array.from({ length: 12 }, (_, at) => store.partition(String(at)).tier);
    for (const tier of tiers) await Promise.all(['a1', 'a2', 'b'].map((key) => tier.set(key, storedOf(key))));
    for (const [at, tier] of tiers.entries()) {
      for (const next of tiers.slice(at)) expect(await next.get('a1')).toBeDefined();
      await tier.clear('a');
      expect([await tier.get('a1'), await tier.get('a2')]).toEqual([undefined, undefined]);
      expect(await tier.get('b')).toBeDefined();
    }
  });

  it('answers at once for all partitions, and for those of a node that died in time and anew', async () => {
    const timeout = 500;
    const store = await open({ timeout });
    const all = Array.from({ length: 30 }, (_, at) => store.partition(String(at)).authority);
    const tokens = await Promise.all(all.map(async (one) => ({ ...(await positionOf(one)), tags: ['a'] })));
    const verdicts = async () => {
      const began = performance.now();
      // Each authority has its token.
      const answers = await Promise.all(all.map((one, at) => one.check(tokens[at] ?? never())));
      return { answers, took: performance.now() - began };
    };
    expect(new Set((await verdicts()).answers)).toEqual(new Set(['current']));
    await servers[1]?.kill();
    const after = await verdicts();
    expect(after.answers.filter((one) => one === 'unreachable').length).toBeGreaterThan(0);
    expect(after.took).toBeLessThan(2 * timeout + 1000);
    await servers[1]?.restart();
    const reached = async () => new Set((await verdicts()).answers);
    await expect.poll(reached, { timeout: 20_000 }).toEqual(new Set(['current', 'forgotten']));
  });
});

function never(): never {
  throw new Error('There are as many tokens as authorities.');
}
