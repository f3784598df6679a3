import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Cache } from '../cache.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import { RedisStore } from './redis-store.ts';

/*
 * A process of single-flight.slow.test.ts: `cold-caller.ts PORT CALLERS LOAD` connects, says so, and when it is told to go
 * has so many callers ask for one key. A load counts itself in Redis and takes LOAD milliseconds.
 */
const [port, callers, load] = process.argv.slice(2).map(Number);
const connection = { host: '127.0.0.1', port: port ?? 0 };
const counter = new Redis(connection);
const store = new RedisStore<string>({ connection, timeout: 5000 });
const cache = new Cache<string>({
  authority: store.authority,
  tiers: [new MemoryTier({ maxBytes: 1e6 }), store.tier],
});

async function expensive(): Promise<string> {
  await counter.incr('loads');
  await pause(load);
  return `by ${process.pid}`;
}

async function ask(): Promise<void> {
  const values = await Promise.all(
    Array.from({ length: callers ?? 0 }, () => cache.getOrSet('cold', expensive, { tags: ['row'] })),
  );
  process.send?.([...new Set(values)]);
}

await store.connected(5000);
process.on('message', () => void ask());
process.on('disconnect', () => process.exit());
process.send?.('ready');
