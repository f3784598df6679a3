import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

it.each(['64MB', ' ', '1e3', '0x10', '-1', '1.5'])(
  'refuses %j as the size of the cache, and says what it wants',
  (size) => {
    expect(() => readEnvironment({ CACHE_MEMORY: size })).toThrow(/CACHE_MEMORY: a whole number of MiB/);
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
