import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cache } from '../cache.ts';
import { FilesystemTier } from '../filesystem/index.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import type { CacheEvents } from '../statistics/events.ts';
import type { Stored, Tier } from '../tier.ts';

/** A tier that does as it is told: well at first. */
class Unsteady implements Tier<unknown> {
  readonly name = 'unsteady';
  readonly #held = new Map<string, Stored<unknown>>();
  calls = 0;
  mood: 'well' | 'hangs' | 'throws' | 'throws at once' = 'well';
  /** Calls that hang; ended with `lost`. */
  lost: (() => void)[] = [];

  get(key: string) {
    return this.#do(() => this.#held.get(key));
  }
  set(key: string, stored: Stored<unknown>) {
    return this.#do(() => void this.#held.set(key, stored));
  }
  delete(key: string) {
    return this.#do(() => void this.#held.delete(key));
  }
  clear() {
    return this.#do(() => this.#held.clear());
  }
  #do<T>(work: () => T): Promise<T> {
    this.calls++;
    if (this.mood === 'throws at once') throw new Error('at once');
    if (this.mood === 'throws') return Promise.reject(new Error('out of reach'));
    if (this.mood === 'well') return Promise.resolve().then(work);
    return new Promise((_, reject) => this.lost.push(() => reject(new Error('lost'))));
  }
}

const unhandled = vi.fn<() => void>();
beforeEach(() => {
  unhandled.mockClear();
  process.on('unhandledRejection', unhandled);
});
afterEach(async () => {
  vi.useRealTimers();
  await new Promise(setImmediate);
  process.off('unhandledRejection', unhandled);
  if (unhandled.mock.calls.length > 0) throw new Error('A rejection was not handled.');
});

describe('a tier beyond memory that is not well', () => {
  let authority: MemoryAuthority;
  let tier: Unsteady;
  let cache: Cache;
  let reached: CacheEvents['reach'][0][];
  beforeEach(() => {
    vi.useFakeTimers();
    authority = new MemoryAuthority();
    tier = new Unsteady();
    const tiers = [new MemoryTier({ maxBytes: 1e6 }), tier];
    cache = new Cache({ authority, tiers, clock: () => Date.now(), tierTimeout: 1000 });
    reached = [];
    cache.events.on('reach', (what) => reached.push(what));
  });

  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
  let keys = 0;
  const ask = () => cache.getOrSet(`another ${++keys}`, () => 'a');
  const changes = () => reached.map(({ part, state }) => `${part} ${state}`);

  it.each(['throws', 'throws at once'] as const)('and %s is left alone, and reads go on', async (mood) => {
    tier.mood = mood;
    for (let at = 0; at < 1000; at++) expect(await ask()).toBe('a');
    await Promise.all([
      cache.delete('x'),
      cache.clear(),
      cache.set('x', 1),
      cache.explain('x'),
      cache.get('x'),
    ]);
    await cache.written();
    expect(tier.calls).toBeLessThan(5);
    expect(changes()).toEqual(['unsteady away']);
    expect(reached[0]?.reason).toBeInstanceOf(Error);
  });

  it('and hangs delays who asks once and nobody after', async () => {
    tier.mood = 'hangs';
    const first = Array.from({ length: 100 }, ask);
    await pass(999);
    expect(cache.counters.loads).toBe(0);
    await pass(1);
    expect(await Promise.all(first)).toEqual(Array(100).fill('a'));
    expect(await ask()).toBe('a');
    expect(changes()).toEqual(['unsteady away']);
    expect(String(reached[0]?.reason)).toContain('did not answer within 1000 ms');
    for (const lose of tier.lost) lose(); // answers that come later are nobody's
  });

  it('comes back by itself, told once, whatever fails late of what it hung on', async () => {
    const asked: Promise<unknown>[] = [];
    /** Asks every 100 ms. */
    const during = async (milliseconds: number) => {
      for (let over = 0; over < milliseconds; over += 100) {
        asked.push(ask());
        await pass(100);
      }
    };
    await during(500);
    tier.mood = 'hangs';
    await during(2500);
    tier.mood = 'well';
    await during(5000);
    expect(await Promise.all(asked)).toEqual(asked.map(() => 'a'));
    await cache.written();
    expect(changes()).toEqual(['unsteady away', 'unsteady back']);
    expect(tier.lost.length).toBeLessThan(25);
  });

  it('and is away holds nobody up who waits for what is written', async () => {
    tier.mood = 'hangs';
    const reads = Array.from({ length: 2000 }, ask);
    await pass(1000);
    await Promise.all(reads);
    const written = cache.written().then(() => 'written');
    await pass(1000);
    expect(await written).toBe('written');
  });

  it('is not away for a value that cannot be written', async () => {
    const set = vi.spyOn(tier, 'set').mockRejectedValue(new TypeError('a function'));
    await cache.getOrSet('key', () => () => 1, { guard: 'as is' });
    await cache.written();
    expect([set.mock.calls.length, changes()]).toEqual([1, []]);
  });

  it('that gives what is outdated or forgotten is not believed', async () => {
    await cache.getOrSet('key', () => 'old', { tags: ['row'] });
    await cache.written();
    const another = new Cache({ authority, tiers: [new MemoryTier({ maxBytes: 1e6 }), tier] });
    authority.bump(['row']);
    expect(await another.read('key', () => 'new', { tags: ['row'] })).toMatchObject({ reason: 'outdated' });
    authority.forget();
    const third = new Cache({ authority, tiers: [tier] });
    expect(await third.read('key', () => 'newer')).toMatchObject({ value: 'newer', reason: 'forgotten' });
  });

  it('is let be by a listener that throws', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    cache.events.on('reach', () => {
      throw new Error('a bad log');
    });
    tier.mood = 'throws';
    expect(await ask()).toBe('a');
    await cache.set('x', 1);
    await cache.written();
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });
});

describe('memory over files', () => {
  let folder: string;
  let files: FilesystemTier<unknown>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vif-cache-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function open(authority = new MemoryAuthority()) {
    files = await FilesystemTier.open<unknown>({ folder, maxBytes: 1e7 });
    return new Cache({ authority, tiers: [new MemoryTier({ maxBytes: 1e6 }), files] });
  }
  const never = () => Promise.reject(new Error('not to be loaded'));

  it('a restart finds in files what an authority that survived still vouches for, and then in memory', async () => {
    const authority = new MemoryAuthority();
    const cache = await open(authority);
    await cache.getOrSet('a', () => 'a', { tags: ['row a'] });
    await cache.getOrSet('b', () => 'b', { tags: ['row b'] });
    await cache.written();
    const again = await open(authority);
    expect(await again.read('a', never)).toMatchObject({ value: 'a', from: 'tier', tier: 'filesystem' });
    expect(await again.read('a', never)).toMatchObject({ value: 'a', from: 'tier', tier: 'memory' });
    authority.bump(['row b']);
    expect(await again.read('b', () => 'new')).toMatchObject({ value: 'new', reason: 'outdated' });
    const forgetful = await open();
    expect(await forgetful.read('a', () => 'new')).toMatchObject({ value: 'new', reason: 'forgotten' });
  });

  it('deleting and clearing reaches the files', async () => {
    const cache = await open();
    for (const key of ['a', 'b', 'c']) await cache.set(key, key);
    await cache.written();
    expect(files.bytes).toBeGreaterThan(0);
    await cache.delete('a');
    expect(await files.get(':a')).toBeUndefined();
    expect(await files.get(':b')).toBeDefined();
    await cache.clear();
    expect([await files.get(':b'), files.bytes, cache.memory?.entries]).toEqual([undefined, 0, 0]);
  });

  it('ten thousand who come at once read one file, once', async () => {
    const authority = new MemoryAuthority();
    const cache = await open(authority);
    await cache.getOrSet('a', () => ({ name: 'a' }));
    await cache.written();
    const again = await open(authority);
    const get = vi.spyOn(files, 'get');
    const all = await Promise.all(Array.from({ length: 10_000 }, () => again.getOrSet('a', never)));
    expect(get).toHaveBeenCalledOnce();
    expect(new Set(all).size).toBe(1);
    expect(again.counters.hitsFrom).toEqual({ filesystem: 10_000 });
  });

  it('a read finds what another process wrote a moment ago', async () => {
    const authority = new MemoryAuthority();
    const [one, other] = [await open(authority), await open(authority)];
    await one.set('a', 'from one');
    await one.written();
    expect(await other.get('a')).toBe('from one');
  });

  it('is written when that was waited for, and the reader did not wait', async () => {
    const cache = await open();
    const set = vi.spyOn(files, 'set');
    await cache.getOrSet('a', () => 'a');
    expect(await files.get(':a')).toBeUndefined();
    await cache.written();
    expect([(await files.get(':a'))?.value, set.mock.calls.length]).toEqual(['a', 1]);
    await cache.written();
  });

  it('a folder that cannot be written any more is read all the same, and noticed once', async () => {
    const cache = await open();
    const reached: string[] = [];
    cache.events.on('reach', ({ part, state }) => reached.push(`${part} ${state}`));
    await cache.set('held', 'held');
    await cache.written();
    const set = vi.spyOn(files, 'set').mockRejectedValue(new Error('ENOSPC'));
    for (let at = 0; at < 50; at++) expect(await cache.getOrSet(`${at}`, () => at)).toBe(at);
    await cache.written();
    cache.memory?.clear('');
    expect(await cache.read('held', never)).toMatchObject({ tier: 'filesystem' });
    expect([reached, set.mock.calls.length < 10]).toEqual([['filesystem (writing) away'], true]);
  });
});

describe('a cache without memory or any tier', () => {
  it('asks its only tier each time, and holds nothing where there is none', async () => {
    const tier = new Unsteady();
    const only = new Cache({ tiers: [tier] });
    await only.set('a', 1);
    await only.written();
    expect([await only.get('a'), only.memory]).toEqual([1, undefined]);
    const none = new Cache({ tiers: [] });
    expect(await none.read('a', () => 1)).toMatchObject({ value: 1, reason: 'absent' });
    expect(await none.read('a', () => 2)).toMatchObject({ value: 2, reason: 'absent' });
  });
});
