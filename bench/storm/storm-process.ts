import { setTimeout as pause } from 'node:timers/promises';
import { Cache, MemoryTier } from '@vif/cache';
import { RedisStore } from '@vif/cache/redis';
import { Redis } from 'ioredis';
import { noCounts, type StormTask } from './storm-messages.ts';

/*
 * One of several processes that read and write the same rows through a cache of their own in memory and one in a Redis.
 * The truth is another Redis: `row:<n>` is a row's version, `known:<n>` the last one whose write was acknowledged.
 */

/** How often it tells what it did, in milliseconds. */
const every = 100;

/** Notes that a version is acknowledged, unless a later one is. */
const acknowledgeScript = `
if tonumber(redis.call('GET', KEYS[1]) or 0) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) end
return 0`;

const task = JSON.parse(process.argv[2] ?? '') as StormTask; // what storm-benchmark.ts started it with
const truth = new Redis(task.truthPort, '127.0.0.1', { enableAutoPipelining: true });
const store = new RedisStore<number>({ connection: { host: '127.0.0.1', port: task.cachePort } });
const cache = new Cache<number>({
  authority: store.authority,
  tiers: [new MemoryTier({ maxBytes: 32e6 }), store.tier],
});
let counts = noCounts();

const versionOf = async (key: string) => Number((await truth.get(key)) ?? 0);
/** Half of all reads are of a tenth of the rows. */
const anyRow = () => Math.floor(Math.random() ** 3.3 * task.rows);

async function read(): Promise<void> {
  const row = anyRow();
  const least = await versionOf(`known:${row}`);
  try {
    const tags = [`row:${row}`, `group:${row % 50}`, 'rows'];
    const { value, from } = await cache.read(`row:${row}`, () => versionOf(`row:${row}`), { tags });
    if (value < least) counts.stale++;
    if (from === 'tier') counts.hits++;
  } catch {
    counts.errors++;
  }
  counts.reads++;
}

/** As long as the authority cannot be told, the write is not acknowledged; an outbox would hold what it changed meanwhile. */
async function write(): Promise<void> {
  const row = anyRow();
  const version = await truth.incr(`row:${row}`);
  for (let told = false; !told; ) {
    told = await store.authority.bump([`row:${row}`]).then(
      () => true,
      () => pause(10, false),
    );
  }
  await truth.eval(acknowledgeScript, 1, `known:${row}`, version);
  counts.writes++;
}

await store.connected(10_000);
for (let reader = 0; reader < task.readers; reader++)
  void (async () => {
    for (;;) await read();
  })();
for (let writer = 0; writer < task.writers; writer++)
  void (async () => {
    for (;;) {
      await write();
      await pause(Math.random() * 20);
    }
  })();
setInterval(() => {
  process.send?.(counts);
  counts = noCounts();
}, every);
process.on('disconnect', () => process.exit());
