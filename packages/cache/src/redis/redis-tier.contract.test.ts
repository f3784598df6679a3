import { afterAll, beforeAll, describe } from 'vitest';
import { jointTierContract } from '../testing/joint-tier-contract.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { tierContract } from '../testing/tier-contract.ts';
import { RedisStore, type RedisStoreOptions } from './redis-store.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();

describe.skipIf(missing)(`values in Redis${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.stop());

  let partitions = 0;
  async function open(options: Omit<RedisStoreOptions<unknown>, 'connection'>) {
    const connection = { host: '127.0.0.1', port: server.port };
    const partition = String(++partitions);
    const store = new RedisStore({ connection, partition, timeout: 5000, ...options });
    await store.connected();
    return { tier: store.tier, close: () => Promise.resolve(store.close()) };
  }
  /** What all values take together is bounded by Redis's maxmemory. */
  const traits = { bounded: false };
  tierContract('the tier', (maxValueBytes) => open({ maxValueBytes }), traits);
  jointTierContract('the tier', (lease) => open({ lease }));
});
