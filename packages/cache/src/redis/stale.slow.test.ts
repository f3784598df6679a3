import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acknowledge } from '../acknowledge.ts';
import { Cache } from '../cache.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import type { Tier } from '../tier.ts';
import { RedisStore } from './redis-store.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();
const title = `several processes with one Redis${missing ? ` (skipped: ${missing})` : ''}`;

/** Each has a connection of its own, as if it were a process. */
const writers = 2;
const caches = 3;
const readersOfEach = 2;
const roundsOfEach = 3000;

describe.skipIf(missing)(title, () => {
  let server: RedisServer;
  let admin: Redis;
  const stores: RedisStore<number>[] = [];
  beforeEach(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.port);
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) store.close();
    admin.disconnect();
    await server.stop();
  });

  async function connect(): Promise<RedisStore<number>> {
    const connection = { host: '127.0.0.1', port: server.port };
    const store = new RedisStore<number>({ connection, capacity: 50, timeout: 2000 });
    stores.push(store);
    await store.connected();
    return store;
  }

  const stacks: Record<string, (store: RedisStore<number>) => Tier<number>[]> = {
    memory: () => [new MemoryTier({ maxBytes: 1e6 })],
    Redis: ({ tier }) => [tier],
    'memory over Redis': ({ tier }) => [new MemoryTier({ maxBytes: 1e6 }), tier],
  };
  const through = Object.entries(stacks);
  it.each(through)(
    'never read through %s a row older than a write acknowledged before, while Redis forgets and drops connections',
    async (_, tiersOn) => {
      let row = 0;
      let acknowledged = 0;
      const counted = {
        reading: caches * readersOfEach,
        reads: 0,
        stale: 0,
        hits: 0,
        joined: 0,
        writes: 0,
        unacknowledged: 0,
      };

      async function write({ authority }: RedisStore<number>): Promise<void> {
        while (counted.reading > 0) {
          await pause(Math.random() * 4);
          try {
            const version = await acknowledge(authority, async () => {
              const answer = ++row;
              await pause(Math.random() * 2);
              return { answer, changed: ['row', `${answer % 100}`] };
            });
            acknowledged = Math.max(acknowledged, version);
            counted.writes++;
          } catch {
            counted.unacknowledged++;
          }
        }
      }

      const isTooEarly = (round: number) => counted.hits <= 1000 && round < 10 * roundsOfEach;

      async function read(cache: Cache<number>): Promise<void> {
        // Where the machine is busy, longer: until there were hits enough to be worth the test.
        for (let round = 0; round < roundsOfEach || isTooEarly(round); round++) {
          const least = acknowledged;
          const { value, from } = await cache.read(
            'row',
            async () => {
              const version = row;
              if (Math.random() < 0.5) await pause(Math.random() * 2);
              return version;
            },
            { tags: ['row'], ttl: 60_000 },
          );
          counted.reads++;
          if (value < least) counted.stale++;
          if (from === 'tier') counted.hits++;
          if (from === 'joined load') counted.joined++;
        }
        counted.reading--;
      }

      async function disturb(): Promise<void> {
        for (let round = 0; counted.reading > 0; round++) {
          await pause(40);
          const disturbances = [
            () => admin.flushall(),
            () => admin.script('FLUSH'),
            () => admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'),
          ];
          await disturbances[round % disturbances.length]?.();
        }
      }

      const work: Promise<void>[] = [disturb()];
      for (let i = 0; i < writers; i++) work.push(write(await connect()));
      for (let i = 0; i < caches; i++) {
        const store = await connect();
        const cache = new Cache<number>({ authority: store.authority, tiers: tiersOn(store) });
        for (let reader = 0; reader < readersOfEach; reader++) work.push(read(cache));
      }
      await Promise.all(work);
      expect(counted.stale).toBe(0);
      expect(counted.reads).toBeGreaterThanOrEqual(caches * readersOfEach * roundsOfEach);
      expect(counted.hits).toBeGreaterThan(1000);
      expect(counted.joined).toBeGreaterThan(100);
      expect(counted.writes).toBeGreaterThan(200);
    },
  );
});
