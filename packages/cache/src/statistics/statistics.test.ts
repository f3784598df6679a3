import { beforeEach, describe, expect, it } from 'vitest';
import type { Authority } from '../authority.ts';
import { Cache } from '../cache.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import { bypass } from '../reading/bypass.ts';
import type { Counters } from './statistics.ts';

let memory: MemoryAuthority;
let reachable: boolean;
let now: number;
let cache: Cache;
let counters: Counters;
beforeEach(() => {
  memory = new MemoryAuthority();
  [reachable, now] = [true, 0];
  const authority: Authority = {
    position: () => (reachable ? memory.position() : undefined),
    check: (token) => (reachable ? memory.check(token) : 'unreachable'),
    bump: (tags) => memory.bump(tags),
  };
  cache = new Cache({ authority, maxBytes: 1e6, now: () => now, clock: () => now });
  counters = cache.counters;
});

const options = { tags: ['row'], ttl: 100, grace: 100 };
const read = (value: unknown = 'a', more = {}) => cache.read('a', async () => value, { ...options, ...more });
const fails = (more = {}) =>
  cache.read('a', () => Promise.reject(new Error('down')), { ...options, ...more }).catch(() => 0);
const overtaken = () => cache.read('a', async () => void memory.bump(['row']), { ...options });

describe('counters', () => {
  it('count hits, of reads and of gets, and how long they took', async () => {
    await read();
    await read();
    await cache.get('a');
    await cache.getMany(['a', 'b']);
    expect(counters).toMatchObject({ hits: 3, hitsFrom: { memory: 3 }, misses: { absent: 2 }, loads: 1 });
    expect(counters.hitTimes.count).toBe(3);
  });

  it('count misses by why', async () => {
    await read();
    now = 100;
    await read();
    memory.bump(['row']);
    await read();
    memory.forget();
    await read();
    reachable = false;
    await read();
    reachable = true;
    await bypass(() => read());
    expect(counters.misses).toEqual({
      absent: 1,
      expired: 1,
      outdated: 1,
      forgotten: 1,
      unreachable: 1,
      bypassed: 1,
    });
    expect([counters.hits, counters.loads]).toEqual([0, 6]);
  });

  it('count every read once, however it ends', async () => {
    const { signal } = new AbortController();
    const aborting = new AbortController();
    const never = () => new Promise<never>(() => undefined);
    const ask = (more = {}) => cache.read('b', never, more).catch(() => 0);
    const reads = [ask({ signal }), ask({ hardTimeout: 1 }), ask({ hardTimeout: 1 })];
    const leaving = [ask({ signal: aborting.signal }), ask({ signal: aborting.signal })];
    aborting.abort();
    await Promise.all([...reads.slice(1), ...leaving, read(), read(), fails()]);
    await read();
    const sum = Object.values(counters.misses).reduce((one, other) => one + other);
    expect(sum + counters.hits).toBe(8); // all but the one that still waits
  });

  it('count those who took another’s value as joined, and those who waited in vain as retried', async () => {
    await Promise.all([read(), read(), read()]);
    expect(counters).toMatchObject({ joined: 2, retried: 0, loads: 1, misses: { absent: 3 } });
    memory.bump(['row']);
    await Promise.all([overtaken(), overtaken(), overtaken()]);
    expect(counters).toMatchObject({ joined: 2, retried: 3, loads: 4, unstored: 2 });
  });

  it('count none as joined who got no value of a load', async () => {
    await Promise.all([fails(), fails(), fails()]);
    expect(counters).toMatchObject({ joined: 0, loads: 1, failed: 1, misses: { absent: 3 } });
    await read();
    now = 100;
    await Promise.all([fails(), fails()]);
    expect(counters).toMatchObject({ joined: 0, loads: 3, failed: 2, servedExpired: 2 });
  });

  it('count loads that were overtaken or gave no plain data, and not those that nobody wanted to store', async () => {
    await overtaken();
    expect(counters).toMatchObject({ unstored: 1 });
    await read('b', { ttl: 0 });
    await read(() => 1);
    expect(counters).toMatchObject({ unstored: 2, loads: 3 });
    await cache.read('a', async () => void (reachable = false), options);
    expect(counters).toMatchObject({ unstored: 3, loads: 4 });
    memory.bump(['row']);
    await cache.read('a', async () => void memory.bump(['row']), { ...options, ttl: 0 });
    expect(counters).toMatchObject({ unstored: 3 });
  });

  it('count refreshes, and how long loads took', async () => {
    await read();
    now = 99;
    await read('b', { refreshAhead: 0.5 });
    await cache.read('c', () => void (now += 3), options);
    expect(counters).toMatchObject({ refreshed: 1, loads: 3, hits: 1 });
    expect([counters.loadTimes.count, counters.loadTimes.sum]).toEqual([3, 3]);
  });

  it('count what memory holds, each namespace for itself', async () => {
    const orders = cache.namespace('orders');
    await orders.set('a', 1, { bytes: 1000 });
    await orders.set('b', 1, { bytes: 1000 });
    await cache.set('a', 1, { bytes: 10 });
    expect([orders.counters.entries, counters.entries]).toEqual([2, 1]);
    expect(orders.counters.bytes + counters.bytes).toBe(cache.memory?.bytes);
    await orders.clear();
    expect([orders.counters.entries, orders.counters.bytes, counters.entries]).toEqual([0, 0, 1]);
    expect([...cache.statistics.namespaces()].map(([name]) => name)).toEqual(['', 'orders']);
    expect(cache.namespace('orders').counters).toBe(orders.counters);
    expect(cache.namespace('__proto__').counters.hits).toBe(0);
  });
});
