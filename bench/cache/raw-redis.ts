import type { Redis } from 'ioredis';
import { held, type Operation } from './operation.ts';
import type { Subject } from './rates.ts';
import { type Value, valueOf } from './value.ts';

/** What Redis can give at all: ioredis as it is, GET and JSON.parse, and SET of what was missed. */
export async function rawRedis(redis: Redis, { hit }: Operation): Promise<Subject> {
  for (let at = 0; at < held; at++) await redis.set(`raw:${at}`, JSON.stringify(valueOf(at)));
  async function read(at: number) {
    const found = await redis.get(`raw:${at % held}`);
    if (found === null) throw new Error('Redis did not hold what it was given.');
    // What was set above.
    return JSON.parse(found) as Value;
  }
  async function miss(at: number) {
    const key = `raw:new:${at}`;
    if ((await redis.get(key)) === null) await redis.set(key, JSON.stringify(valueOf(at)), 'EX', 600);
  }
  return { name: 'ioredis', operate: hit ? read : miss };
}
