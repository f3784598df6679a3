import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { describe, expect, it } from 'vitest';
import { FilesystemTier } from '../filesystem/filesystem-tier.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import { whyNoRedis } from '../testing/redis-server.ts';
import { type TierDriverOptions, tierDriver } from './tier-driver.ts';

/** Tests in BentoCache 1.6.1's suite for drivers: one that is not run would be no failure otherwise. */
const testsInSuite = 21;

const missing = process.env.CI ? undefined : await whyNoRedis();
const tiers = ['memory', 'filesystem', ...(missing ? [] : ['redis'])];
const skipped = missing ? ` (no Redis: ${missing})` : '';

const bento = (options: TierDriverOptions, onlyL2 = false) => {
  const store = onlyL2 ? bentostore() : bentostore().useL1Layer(memoryDriver());
  const stores = { shop: store.useL2Layer(tierDriver(options)) };
  return new BentoCache({ default: 'shop', stores, ttl: '1h' });
};

describe('a tier as BentoCache’s second layer', () => {
  it.concurrent.each(tiers)(
    `passes its suite for drivers: %s${skipped}`,
    { timeout: 60_000 },
    async (tier) => {
      const suite = join(import.meta.dirname, 'driver-suite.ts');
      const folder = await mkdtemp(join(tmpdir(), 'vif-cache-bento-'));
      const { stdout } = await promisify(execFile)(process.execPath, [suite, tier, folder]);
      await rm(folder, { recursive: true });
      const { aggregates, failedTestsTitles } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<
        string,
        unknown
      >; // japa's summary
      expect(failedTestsTitles).toEqual([]);
      expect(aggregates).toMatchObject({ total: testsInSuite, passed: testsInSuite });
    },
  );

  it('gives one BentoCache what another put there', async () => {
    const parts = { tier: new MemoryTier<string>({ maxBytes: 1e6 }), authority: new MemoryAuthority() };
    const [one, other] = [bento(parts), bento(parts)];
    const load = (value: number) => ({ key: 'k', factory: () => ({ value }) });
    expect(await one.getOrSet(load(1))).toEqual({ value: 1 });
    expect(await other.getOrSet(load(2))).toEqual({ value: 1 });
    await one.namespace('orders').set({ key: 'k', value: 'of orders' });
    expect(await other.namespace('orders').get({ key: 'k' })).toBe('of orders');
    await one.namespace('orders').clear();
    const third = bento(parts);
    expect(await third.namespace('orders').get({ key: 'k' })).toBeUndefined();
    expect(await third.get({ key: 'k' })).toEqual({ value: 1 });
    await one.clear();
    expect(await bento(parts).get({ key: 'k' })).toBeUndefined();
  });

  it('keeps its tags, its grace periods and its prefix', async () => {
    const tier = new MemoryTier<string>({ maxBytes: 1e6 });
    const cache = bento({ tier, prefix: 'shop' }, true);
    await cache.set({ key: 'a', value: 1, tags: ['t'] });
    await cache.set({ key: 'b', value: 2 });
    expect(tier.get('shop:b')?.namespace).toBe('shop');
    await cache.deleteByTag({ tags: ['t'] });
    expect(await cache.get({ key: 'a' })).toBeUndefined();
    expect(await cache.get({ key: 'b' })).toBe(2);
    await cache.set({ key: 'c', value: 3, ttl: 1, grace: '1h' });
    await expect.poll(() => cache.has({ key: 'c' })).toBe(false);
    const failing = () => Promise.reject(new Error('no'));
    expect(await cache.getOrSet({ key: 'c', factory: failing, ttl: 1, grace: '1h' })).toBe(3);
  });

  it('clears a part where the tier itself cannot', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vif-cache-bento-'));
    const tier = await FilesystemTier.open<string>({ folder, maxBytes: 1e6 });
    const { factory } = tierDriver({ tier });
    const [a, ab] = ['a', 'ab'].map((prefix) => factory({ prefix }));
    await a?.set('k', 'of a');
    await a?.namespace('in').set('k', 'in a');
    await ab?.set('k', 'of ab');
    await a?.clear();
    expect(await tier.get('a:k')).toBeDefined();
    expect(await a?.get('k')).toBeUndefined();
    expect(await a?.get('in:k')).toBeUndefined();
    expect(await ab?.get('k')).toBe('of ab');
    await a?.set('k', 'again');
    expect(await a?.get('k')).toBe('again');
    await rm(folder, { recursive: true });
  });

  it('believes nothing while the authority is away: BentoCache then loads', async () => {
    let away = false;
    const known = new MemoryAuthority();
    const authority = {
      position: () => (away ? undefined : known.position()),
      check: (token: Parameters<MemoryAuthority['check']>[0]) => (away ? 'unreachable' : known.check(token)),
      bump: (tags: Iterable<string>) => known.bump(tags),
    };
    const options = { tier: new MemoryTier<string>({ maxBytes: 1e6 }), authority };
    const cache = bento(options, true);
    await cache.set({ key: 'k', value: 'held' });
    away = true;
    await expect(tierDriver(options).factory({ prefix: 'bentocache' }).get('k')).rejects.toThrow(
      'out of reach',
    );
    expect(await cache.getOrSet({ key: 'k', factory: () => 'loaded', suppressL2Errors: true })).toBe(
      'loaded',
    );
    away = false;
    expect(await cache.get({ key: 'k' })).toBe('held');
  });

  it('asks the authority that a tier lies with', async () => {
    const authority = new MemoryAuthority();
    const tier = Object.assign(new MemoryTier<string>({ maxBytes: 1e6 }), { authority });
    const driver = tierDriver({ tier }).factory({ prefix: 'p' });
    await driver.set('k', 'v');
    authority.bump(['bentocache p:']);
    expect(await driver.get('k')).toBeUndefined();
  });
});
