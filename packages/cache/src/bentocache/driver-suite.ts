import { assert } from '@japa/assert';
import { configure, run, test } from '@japa/runner';
import { ndjson } from '@japa/runner/reporters';
import { registerCacheDriverTestSuite } from 'bentocache/test_suite';
import { FilesystemTier } from '../filesystem/filesystem-tier.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import { RedisStore } from '../redis/redis-store.ts';
import { RedisServer } from '../testing/redis-server.ts';
import { tierDriver } from './tier-driver.ts';

/*
 * BentoCache's own suite for drivers, in a process of its own as it needs another test runner; a line of JSON for each test.
 * node driver-suite.ts TIER FOLDER
 */

const [name = '', folder = ''] = process.argv.slice(2);

interface Opened {
  readonly options: Parameters<typeof tierDriver>[0];
  readonly close: () => Promise<void>;
}

const tiers: Readonly<Record<string, () => Promise<Opened>>> = {
  memory: () =>
    Promise.resolve({
      options: { tier: new MemoryTier<string>({ maxBytes: 1e6 }) },
      close: () => Promise.resolve(),
    }),
  filesystem: async () => {
    const tier = await FilesystemTier.open<string>({ folder, maxBytes: 1e6 });
    return { options: { tier }, close: () => Promise.resolve() };
  },
  redis: async () => {
    const server = await RedisServer.start();
    const connection = { host: '127.0.0.1', port: server.port };
    const store = new RedisStore<string>({ connection, timeout: 5000 });
    await store.connected();
    const close = async () => {
      store.close();
      await server.stop();
    };
    return { options: { tier: store.tier }, close };
  },
};

const open = tiers[name];
if (!open) throw new Error(`There is no tier ${name}: ${Object.keys(tiers).join(', ')}.`);
const { options, close } = await open();
const { factory } = tierDriver(options);

/** What japa takes for a file of tests. */
function register(): void {
  test.group(name, (group) => {
    group.teardown(close);
    const createDriver = ({ prefix = 'japa' }: { prefix?: string } = {}) => factory({ prefix });
    registerCacheDriverTestSuite({ test, group, createDriver });
  });
}

configure({
  files: () => [new URL(import.meta.url)],
  importer: register,
  plugins: [assert()],
  reporters: { activated: ['ndjson'], list: [ndjson()] },
});
await run();
