import { beforeEach, describe, expect, it } from 'vitest';
import type { Authority } from './authority.ts';
import { Cache } from './cache.ts';
import { MemoryAuthority } from './memory/memory-authority.ts';
import { MemoryTier } from './memory/memory-tier.ts';
import type { Stored, Tier } from './tier.ts';

let memory: MemoryAuthority;
let reachable: boolean;
let now: number;
let cache: Cache;
let far: Map<string, Stored<unknown>>;
let farIsDown: boolean;
beforeEach(() => {
  memory = new MemoryAuthority();
  [reachable, farIsDown, now, far] = [true, false, 0, new Map()];
  const authority: Authority = {
    position: () => memory.position(),
    check: (token) => (reachable ? memory.check(token) : 'unreachable'),
    bump: (tags) => memory.bump(tags),
  };
  const beyond: Tier<unknown> = {
    name: 'beyond',
    get: (key) => (farIsDown ? Promise.reject(new Error('down')) : far.get(key)),
    set: (key, stored) => void far.set(key, stored),
    delete: (key) => void far.delete(key),
    clear: () => far.clear(),
  };
  const tiers = [new MemoryTier<unknown>({ maxBytes: 1e6 }), beyond];
  cache = new Cache({ authority, tiers, now: () => now, clock: () => now });
});

const load = (more = {}) =>
  cache.read('a', () => 'a', { tags: ['row', 'other'], ttl: 100, grace: 50, bytes: 7, ...more });
const next = async () => (await cache.explain('a')).next;

describe('an explanation', () => {
  it('says what each tier holds, and why that counts', async () => {
    await load();
    await cache.written();
    const held = {
      held: true,
      away: false,
      storedAt: 0,
      expires: 100,
      bytes: 7,
      verdict: 'current',
      outdated: [],
    };
    const tags = ['row', 'other', 'everything', 'namespace ', ':a'];
    expect(await cache.explain('a')).toEqual({
      key: ':a',
      next: 'hit in memory',
      tiers: [
        { tier: 'memory', tags, ...held },
        { tier: 'beyond', tags, ...held },
      ],
    });
  });

  it('says what the next read would do', async () => {
    expect(await next()).toBe('load: nothing is held');
    await load();
    await cache.written();
    cache.memory?.delete(':a');
    expect(await next()).toBe('hit in beyond');
    memory.bump(['row', 'row 2', 'everything']);
    expect(await next()).toBe('load: outdated in beyond by row, everything');
    await load();
    await cache.written();
    now = 100;
    expect(await next()).toBe('load: expired in memory; expired in beyond');
    memory.forget();
    expect(await next()).toBe(
      'load: forgotten by the authority, though held in memory; forgotten by the authority, though held in beyond',
    );
    reachable = false;
    expect(await next()).toBe('load, and store nothing: the authority cannot be asked');
  });

  it('tells of a load under way, which is waited for only when there is nothing to hit', async () => {
    const over = Promise.withResolvers<string>();
    const loading = cache.read('a', () => over.promise);
    await new Promise(setImmediate);
    expect(await next()).toBe('wait for the load that is under way');
    over.resolve('a');
    await loading;
    expect(await next()).toBe('hit in memory');
  });

  it('tells of a tier that is away', async () => {
    farIsDown = true;
    const { tiers } = await cache.explain('a');
    expect(tiers).toEqual([
      { tier: 'memory', held: false, away: false },
      { tier: 'beyond', held: false, away: true },
    ]);
  });

  it('agrees with what the next read does, and changes nothing', async () => {
    for (const change of [
      () => undefined,
      () => memory.bump(['row']),
      () => (now += 100),
      () => memory.forget(),
    ]) {
      await load();
      await cache.written();
      change();
      const before = structuredClone({ ...cache.counters, hitTimes: 0, loadTimes: 0 });
      const said = await next();
      expect({ ...cache.counters, hitTimes: 0, loadTimes: 0 }).toEqual(before);
      const { from, reason } = await load();
      expect(said).toContain(from === 'tier' ? 'hit' : String(reason));
    }
  });
});
