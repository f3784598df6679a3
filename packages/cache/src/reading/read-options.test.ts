import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cache } from '../cache.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import type { Load, Loading, ReadOptions } from './read-options.ts';

type Value = unknown;

let authority: MemoryAuthority;
let now: number;
let cache: Cache;
beforeEach(() => {
  vi.useFakeTimers();
  authority = new MemoryAuthority();
  now = 0;
  cache = new Cache({ authority, maxBytes: 1e6, now: () => now, clock: () => now });
});
afterEach(() => {
  vi.useRealTimers();
});

const read = (load: Load<Value>, options: ReadOptions<Value> = {}) =>
  cache.read('key', load, { tags: ['row'], ttl: 1000, ...options });
const never = () => new Promise<never>(() => undefined);
/** Lets milliseconds pass by every clock. */
async function pass(milliseconds: number) {
  now += milliseconds;
  await vi.advanceTimersByTimeAsync(milliseconds);
}
/** What a promise gives or why not, without anybody waiting for it meanwhile. */
const settled = async (promise: Promise<unknown>) => (await Promise.allSettled([promise]))[0];

describe('a time to live', () => {
  it.each<[ReadOptions<Value>, Value, number]>([
    [{ ttl: 70 }, 'a', 70],
    [{ ttl: (value) => String(value).length }, 'abc', 3],
    [{ absentTtl: 5 }, 'a', 1000],
    [{ absentTtl: 5 }, undefined, 5],
    [{ absentTtl: 5 }, null, 5],
    [{ absentTtl: 5 }, 0, 1000],
    [{ ttl: Infinity }, 'a', Infinity],
    [{ ttl: 0 }, 'a', 0],
    [{ ttl: () => -5 }, 'a', 0],
    [{ absentTtl: 0 }, null, 0],
    [{ skipIf: (value) => value === 'a' }, 'a', 0],
    [{ skipIf: (value) => value === 'a' }, 'b', 1000],
  ])('of %j is for %j %d ms', async (options, value, ttl) => {
    expect(await read(() => value, options)).toMatchObject({ value, ttl, stored: ttl > 0 });
    now = Math.min(ttl - 1, 1e9);
    const early = await read(() => (ttl > 0 ? 'other' : value), options);
    expect(early).toMatchObject({ value, from: ttl > 0 ? 'tier' : 'load' });
    now = Math.min(ttl, 1e9);
    const late = await read(() => 'late');
    expect(late).toMatchObject(ttl > now ? { value, from: 'tier' } : { value: 'late', from: 'load' });
  });

  it('is less by a random part of its jitter, and never by more', async () => {
    const ttls: number[] = [];
    for (let at = 0; at < 500; at++)
      ttls.push((await cache.read(`key ${at}`, () => 'a', { ttl: 1000, jitter: 0.2 })).ttl);
    expect(Math.min(...ttls)).toBeGreaterThanOrEqual(800);
    expect(Math.max(...ttls)).toBeLessThanOrEqual(1000);
    expect(Math.max(...ttls) - Math.min(...ttls)).toBeGreaterThan(100);
  });

  it('is at most what its load says, whatever that is', async () => {
    const keeping = (...times: number[]) =>
      read(({ keepFor }) => times.forEach(keepFor), {
        absentTtl: 1000,
        tags: [`${now++}`],
        skipIf: () => false,
      });
    expect((await keeping(50, 20, 70)).ttl).toBe(20);
    authority.forget();
    expect((await keeping(5000)).ttl).toBe(1000);
    authority.forget();
    expect(await keeping(-1)).toMatchObject({ ttl: 0, stored: false });
    expect(await keeping(NaN)).toMatchObject({ ttl: 0, stored: false });
  });
});

describe('what a load says', () => {
  it('invalidates as what its options say does', async () => {
    await read(({ tag }) => (tag('a', 'b'), tag('c'), 'old'));
    for (const tag of ['c', 'row', 'b']) {
      authority.bump([tag]);
      expect(await read(({ tag: say }) => (say('b'), say('c'), 'new'))).toMatchObject({ reason: 'outdated' });
    }
  });

  it('after it ended is refused, as it would not count', async () => {
    let kept: Loading<Value> | undefined;
    await read((loading) => ((kept = loading), 'a'));
    expect(() => kept?.tag('late')).toThrow('has ended');
    expect(() => kept?.keepFor(1)).toThrow('has ended');
  });

  it('that are no texts is refused, as nothing would ever invalidate them', async () => {
    const five = 5 as unknown as string; // as a program without types would
    await expect(read(({ tag }) => tag(five))).rejects.toThrow(TypeError);
    const letters = (() => 'row') as unknown as () => string[]; // the same
    await expect(read(() => 'a', { tags: letters })).rejects.toThrow(TypeError);
  });
});

describe('an expired value in its grace', () => {
  const grace = { grace: 5000 };
  beforeEach(async () => {
    await read(() => 'old', grace);
    now = 1000;
  });

  it('is given out when a load fails, and an event tells', async () => {
    const told: unknown[] = [];
    cache.events.on('expired', (what) => told.push(what));
    const outcome = await read(() => Promise.reject(new Error('down')), grace);
    expect(outcome).toMatchObject({ value: 'old', from: 'expired', reason: 'expired', stored: true, ttl: 0 });
    expect(told).toEqual([{ key: ':key' }]);
    expect(cache.counters).toMatchObject({ servedExpired: 1, failed: 1, misses: { expired: 1 } });
  });

  it('is given out at once without any patience, and the load’s value is next', async () => {
    const over = Promise.withResolvers<string>();
    expect(await read(() => over.promise, { ...grace, softTimeout: 0 })).toMatchObject({ from: 'expired' });
    expect(await read(never, { ...grace, softTimeout: 0 })).toMatchObject({ from: 'expired' });
    over.resolve('new');
    await pass(0);
    expect(await read(never)).toMatchObject({ value: 'new', from: 'tier' });
    expect(cache.counters.loads).toBe(2);
  });

  it('is given out after some patience, to who joined too', async () => {
    const reads = [0, 1].map(() => read(never, { ...grace, softTimeout: 100 }));
    const ended = Promise.race(reads);
    const early = vi.fn<() => void>();
    void ended.then(early);
    await pass(99);
    expect(early).not.toHaveBeenCalled();
    await pass(1);
    expect(await Promise.all(reads)).toMatchObject([{ from: 'expired' }, { from: 'expired' }]);
  });

  it('is what its load may ask about', async () => {
    expect(await read(({ expired }) => `${String(expired)} still holds`)).toMatchObject({
      value: 'old still holds',
    });
  });

  it('is not given out after its grace', async () => {
    now = 6000;
    await expect(read(() => Promise.reject(new Error('down')), grace)).rejects.toThrow('down');
  });

  it('is not given out when it was invalidated before, nor shown to its load', async () => {
    authority.bump(['row']);
    const failing = ({ expired }: Loading<Value>) =>
      Promise.reject(new Error(`down, not ${String(expired)}`));
    await expect(read(failing, { ...grace, softTimeout: 0 })).rejects.toThrow('down, not undefined');
  });

  it('is not given out when it was invalidated while its load failed', async () => {
    const failing = async () => {
      authority.bump(['row']);
      throw new Error('down');
    };
    await expect(read(failing, grace)).rejects.toThrow('down');
  });

  it('is not given out when it was invalidated while its reader was patient: they wait on', async () => {
    const over = Promise.withResolvers<string>();
    const reading = settled(read(() => over.promise, { ...grace, softTimeout: 100, hardTimeout: 300 }));
    const joined = settled(read(() => 'newer', { ...grace, softTimeout: 100 }));
    await pass(50);
    authority.bump(['row']);
    await pass(100);
    over.resolve('new');
    expect(await reading).toMatchObject({ value: { value: 'new', from: 'load' } });
    expect(await joined).toMatchObject({ value: { value: 'newer' } });
    const late = settled(read(never, { ttl: 1, tags: ['x'], hardTimeout: 300 }));
    await pass(300);
    expect(await late).toMatchObject({ status: 'fulfilled' });
  });
});

describe('a hard time limit', () => {
  it('ends the waiting; the load goes on and its value is stored', async () => {
    const over = Promise.withResolvers<string>();
    const reads = [read(() => over.promise, { hardTimeout: 100 }), read(never, { hardTimeout: 50 })].map(
      settled,
    );
    await pass(50);
    await pass(50);
    const [first, second] = await Promise.all(reads);
    expect(first).toMatchObject({
      reason: { name: 'LoadTimeout', message: expect.stringContaining('100 ms') },
    });
    expect(second).toMatchObject({
      reason: { name: 'LoadTimeout', message: expect.stringContaining('50 ms') },
    });
    expect(cache.counters.misses.absent).toBe(2);
    over.resolve('late');
    await pass(0);
    expect(await read(never)).toMatchObject({ value: 'late', from: 'tier' });
  });

  it('may be longer than timers can count', async () => {
    const over = Promise.withResolvers<string>();
    const reading = read(() => over.promise, { hardTimeout: 2 ** 31, softTimeout: 2 ** 31 });
    await pass(1000);
    over.resolve('a');
    expect(await reading).toMatchObject({ value: 'a' });
  });

  it('of a load that never ends is not everybody’s for ever', async () => {
    let loads = 0;
    const hanging = () => (loads++ === 0 ? never() : 'a');
    const reads = [];
    for (let at = 0; at < 30 && cache.counters.entries === 0; at++) {
      reads.push(settled(read(hanging, { hardTimeout: 100 })));
      await pass(100);
    }
    expect(await reads.at(-1)).toMatchObject({ value: { value: 'a' } });
    expect(loads).toBe(2);
  });
});

describe('refreshing ahead', () => {
  const ahead = { refreshAhead: 0.5 };
  beforeEach(async () => {
    await read(() => 'old');
    now = 500;
  });

  it('loads once behind its readers’ backs, and not while there is time', async () => {
    expect(await read(never, ahead)).toMatchObject({ value: 'old', ttl: 500 });
    expect(cache.counters.refreshed).toBe(0);
    now = 501;
    const over = Promise.withResolvers<string>();
    for (let at = 0; at < 100; at++)
      expect(await read(() => over.promise, ahead)).toMatchObject({ value: 'old' });
    expect(cache.counters).toMatchObject({ refreshed: 1, loads: 2 });
    over.resolve('new');
    await pass(0);
    expect(await read(never, ahead)).toMatchObject({ value: 'new', ttl: 1000 });
  });

  it('that fails is nobody’s error, and the value stays', async () => {
    const unhandled = vi.fn<() => void>();
    process.on('unhandledRejection', unhandled);
    now = 900;
    expect(await read(() => Promise.reject(new Error('down')), ahead)).toMatchObject({ value: 'old' });
    await pass(0);
    vi.useRealTimers();
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(await read(never)).toMatchObject({ value: 'old', from: 'tier' });
    expect(cache.counters).toMatchObject({ refreshed: 1, failed: 1 });
  });
});

describe('an option that means nothing', () => {
  it.each<ReadOptions<Value>>([
    { ttl: NaN },
    { ttl: -1 },
    { ttl: '5' as unknown as number }, // as a program without types would
    { absentTtl: NaN },
    { jitter: 1.1 },
    { jitter: -0.1 },
    { grace: NaN },
    { grace: -1 },
    { softTimeout: NaN },
    { hardTimeout: -1 },
    { refreshAhead: NaN },
    { bytes: NaN },
    { bytes: -1 },
    { tags: 'row' as unknown as string[] }, // the same
  ])('is refused: %s', async (options) => {
    const load = vi.fn<() => string>(() => 'a');
    await expect(cache.read('a', load, options)).rejects.toThrow(/: give a/);
    await expect(cache.set('a', 'a', options)).rejects.toThrow(/: give a/);
    expect(load).not.toHaveBeenCalled();
  });

  it.each<ReadOptions<Value>>([
    { ttl: () => NaN },
    { bytes: () => NaN },
    { bytes: () => -1 },
    {
      bytes: () => {
        throw new Error('no idea');
      },
    },
  ])(
    'that is found when the value is there keeps it from being stored, and an event tells: %s',
    async (options) => {
      const told: unknown[] = [];
      cache.events.on('unstored', ({ why }) => told.push(why));
      expect(await read(() => 'a', options)).toMatchObject({ value: 'a', stored: false, ttl: 0 });
      expect([told, cache.memory?.bytes]).toEqual([['unfit'], 0]);
    },
  );

  it.each<ReadOptions<Value>>([
    { ttl: Infinity },
    { grace: Infinity },
    { softTimeout: Infinity },
    { jitter: 1 },
  ])('is not this: %s', async (options) => {
    expect(await read(() => 'a', options)).toMatchObject({ value: 'a', stored: true });
  });
});
