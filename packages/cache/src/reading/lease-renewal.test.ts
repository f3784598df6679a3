import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Cache } from '../cache.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import { ModelledJointTier } from '../testing/modelled-joint-tier.ts';

let renewals: number;
let cache: Cache<number>;
beforeEach(() => {
  vi.useFakeTimers();
  renewals = 0;
  const authority = new MemoryAuthority();
  const tier = new ModelledJointTier(authority, authority, () => Promise.resolve());
  tier.renew = () => {
    renewals++;
    return Promise.resolve();
  };
  cache = new Cache<number>({ authority, tiers: [tier] });
});
afterEach(() => vi.useRealTimers());

const never = () => new Promise<number>(() => undefined);

it('ends for a load that takes longer than another process waits, which may never end', async () => {
  void cache.getOrSet('k', never);
  await vi.advanceTimersByTimeAsync(9500);
  expect(renewals).toBe(9);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(renewals).toBe(10);
});

it('ends when everybody has left', async () => {
  const leaving = new AbortController();
  const read = cache.getOrSet('k', never, { signal: leaving.signal });
  await vi.advanceTimersByTimeAsync(2500);
  expect(renewals).toBe(2);
  leaving.abort();
  await expect(read).rejects.toThrow(/abort/i);
  await vi.advanceTimersByTimeAsync(5000);
  expect(renewals).toBe(2);
});
