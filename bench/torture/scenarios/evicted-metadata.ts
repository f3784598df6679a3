import { randomBytes } from 'node:crypto';
import { randomFrom } from '../../day/random.ts';
import type { Peer } from '../../peers/peer.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const keysARound = 50;

/** Redis is full and evicts what it likes, also what tags are kept in, between a value's storing, a write and a read. */
export function evictedFromRedis(rounds: number): Scenario {
  const redisSettings = ['--maxmemory', '4mb', '--maxmemory-policy', 'allkeys-random'];
  const name = 'Redis evicts what tags are kept in';
  return { name, where: 'redis', by: 'tag', rounds, redisSettings, run: evictInRedis };
}

async function evictInRedis(stage: Stage): Promise<void> {
  const reader = await stage.open();
  const writer = await stage.open();
  for (const round of stage.keys()) {
    const keys = Array.from({ length: keysARound }, (_, at) => `${round}:${at}`);
    for (const key of keys) await stage.write(writer, key);
    for (const key of keys) await stage.check(reader, key);
    await flood(stage);
    for (const key of keys) await stage.write(writer, key);
    await flood(stage);
    for (const key of keys) await stage.checkTimes(2, reader, key);
  }
}

/** About as much as the Redis holds, so that what was there before is evicted as often as not. */
async function flood({ redis: { client } }: Stage): Promise<void> {
  const pipeline = client.pipeline();
  const junk = 'x'.repeat(1000);
  for (let left = 2500; left > 0; left--) pipeline.set(`junk:${randomBytes(6).toString('hex')}`, junk);
  await pipeline.exec();
}

const entries = 100;
const rows = 1000;

/** A memory of a hundred entries, and ten times as many rows of three tags each, read and written at random. */
export function evictedFromMemory(rounds: number): Scenario {
  const concerns = ({ bounded }: Peer) => bounded;
  return { name: 'a small memory evicts', where: 'memory', by: 'tag', rounds, concerns, run: evictInMemory };
}

async function evictInMemory(stage: Stage): Promise<void> {
  const cache = await stage.open({ entries });
  const random = randomFrom(7);
  for (const _ of stage.keys()) {
    for (let step = 0; step < 20; step++) {
      // The product of two is small more often: some rows are read again and again.
      const key = `row:${Math.floor(random() * random() * rows)}`;
      if (random() < 0.2) await stage.write(cache, key);
      else await stage.check(cache, key);
    }
  }
}
