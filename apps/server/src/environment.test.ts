import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

it.each(['64MB', ' ', '1e3', '0x10', '-1', '1.5'])(
  'refuses %j as the size of the cache, and says what it wants',
  (size) => {
    expect(() => readEnvironment({ CACHE_MEMORY: size })).toThrow(/CACHE_MEMORY: a whole number of MiB/);
  },
);

it.each(['redis://:50%25@h', 'redis://me:%C3%A9@h:1/0', 'rediss://h'])(
  'takes %j as the address of a Redis',
  (url) => {
    expect(readEnvironment({ REDIS_URL: url }).redisUrl).toBe(url);
  },
);

it.each(['redis://:50%@h', 'redis://%zz:secret@h', 'redis://:%ffsecret@h'])(
  'refuses %j in a sentence that does not say it',
  (url) => {
    const read = () => readEnvironment({ REDIS_URL: url });
    expect(read).toThrow(/REDIS_URL: a % in its user or password is written %25/);
    expect(read).not.toThrow(/secret/);
  },
);

it.each([
  [undefined, 64],
  ['', 64],
  ['0', 0],
  ['256', 256],
])('takes %j as %d MiB', (size, expected) => {
  expect(readEnvironment({ CACHE_MEMORY: size }).cacheMemory).toBe(expected * 2 ** 20);
});

it('takes several workers only with a Redis, and shares the connections out among them', () => {
  expect(() => readEnvironment({ VIF_WORKERS: '2' })).toThrow(/VIF_WORKERS: .*set REDIS_URL/);
  expect(() => readEnvironment({ VIF_WORKERS: '0' })).toThrow(/VIF_WORKERS: a whole number from 1 to 64/);
  expect(readEnvironment({})).toMatchObject({ workers: 1, databasePool: 20 });
  const several = { VIF_WORKERS: '3', REDIS_URL: 'redis://h' };
  expect(readEnvironment(several)).toMatchObject({ workers: 3, databasePool: 6 });
  expect(readEnvironment({ ...several, DATABASE_POOL: '2' }).databasePool).toBe(2);
});
