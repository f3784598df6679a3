import { beforeEach, expect, it, vi } from 'vitest';
import type { Authority } from '../authority.ts';
import { Cache } from '../cache.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import type { CacheEvents } from './events.ts';

let memory: MemoryAuthority;
let isDown: boolean;
let now: number;
let cache: Cache;
let told: [string, unknown][];
beforeEach(() => {
  memory = new MemoryAuthority();
  [isDown, now, told] = [false, 0, []];
  const answer = async <T>(of: () => T): Promise<T> => {
    if (isDown) throw new Error('down');
    return of();
  };
  const authority: Authority = {
    position: () => answer(() => memory.position()),
    check: (token) => answer(() => memory.check(token)),
    bump: (tags) => answer(() => memory.bump(tags)),
  };
  cache = new Cache({ authority, maxBytes: 1e6, now: () => now, clock: () => now });
  const names: (keyof CacheEvents)[] = [
    'hit',
    'miss',
    'outdated',
    'loaded',
    'unstored',
    'expired',
    'invalidated',
    'reach',
  ];
  for (const name of names) cache.events.on(name, (what: unknown) => told.push([name, what]));
});

const key = ':a';
const down = new Error('the database is down');
const took = (milliseconds: number) => () => {
  now += milliseconds;
  return 'a';
};

it('tell of reads and loads', async () => {
  await cache.read('a', took(5));
  await cache.read('a', took(5));
  await cache.get('a');
  await cache.get('b');
  await cache.read('c', () => Promise.reject(down)).catch(() => undefined);
  expect(told).toEqual([
    ['loaded', { key, took: 5 }],
    ['miss', { key, reason: 'absent' }],
    ['hit', { key, tier: 'memory' }],
    ['hit', { key, tier: 'memory' }],
    ['miss', { key: ':b', reason: 'absent' }],
    ['loaded', { key: ':c', took: 0, error: down }],
    ['miss', { key: ':c', reason: 'absent' }],
  ]);
});

it('tell why a value is not held', async () => {
  await cache.read('a', async () => void memory.bump([key]));
  await cache.read('a', () => () => 1);
  await cache.read('a', async () => void (isDown = true));
  expect(told.filter(([name]) => name === 'unstored')).toEqual([
    ['unstored', { key, why: 'overtaken' }],
    ['unstored', { key, why: 'unfit', error: expect.any(TypeError) }],
    ['unstored', { key, why: 'unreachable' }],
  ]);
});

it('tell of what expired and was given out, and of what is invalidated', async () => {
  await cache.read('a', () => 'a', { ttl: 10, grace: 10 });
  now = 10;
  await cache.read('a', () => Promise.reject(down));
  await cache.delete('a');
  expect(told.slice(-4)).toEqual([
    ['loaded', { key, took: 0, error: down }],
    ['expired', { key }],
    ['miss', { key, reason: 'expired' }],
    ['invalidated', { tags: [key] }],
  ]);
});

it('tell once that the authority is away, and once that it is back', async () => {
  isDown = true;
  for (let at = 0; at < 20; at++) expect(await cache.getOrSet('a', () => at)).toBe(at);
  expect(told.filter(([name]) => name === 'reach')).toEqual([
    ['reach', { part: 'authority', state: 'away', reason: expect.any(Error) }],
  ]);
  expect(cache.reachable).toBe(false);
  isDown = false;
  for (let at = 0; at < 20; at++) {
    now += 1000;
    await cache.getOrSet('a', () => at);
  }
  expect(told.filter(([name]) => name === 'reach').slice(1)).toEqual([
    ['reach', { part: 'authority', state: 'back' }],
  ]);
  expect(cache.reachable).toBe(true);
});

it('that a listener throws at break no read, and the others are told', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
  const bad = new Error('a bad listener');
  for (const name of ['hit', 'miss', 'loaded', 'expired', 'invalidated', 'unstored'] as const)
    cache.events.prependListener(name, () => {
      throw bad;
    });
  expect(await cache.getOrSet('a', () => 'a', { ttl: 10, grace: 10 })).toBe('a');
  expect(await cache.getOrSet('a', () => 'b')).toBe('a');
  now = 10;
  expect(await cache.getOrSet('a', () => Promise.reject(down))).toBe('a');
  await cache.clear();
  expect(await cache.getOrSet('a', () => 'c')).toBe('c');
  expect(told.map(([name]) => name)).toEqual([
    'loaded',
    'miss',
    'hit',
    'loaded',
    'expired',
    'miss',
    'invalidated',
    'loaded',
    'miss',
  ]);
  expect(new Set(warned.mock.calls.map(([error]) => error))).toEqual(new Set([bad]));
  warned.mockRestore();
});

it('tell what a read found outdated, with its token', async () => {
  await cache.read('a', took(0), { tags: ['row'] });
  const token = { ...memory.position(), tags: ['row', 'everything', 'namespace ', ':a'] };
  memory.bump(['row']);
  told.length = 0;
  await cache.get('a');
  expect(told).toEqual([
    ['outdated', { key, token }],
    ['miss', { key, reason: 'outdated' }],
  ]);
  told.length = 0;
  await cache.read('a', took(0));
  expect(told[0]).toEqual(['outdated', { key, token }]);
});
