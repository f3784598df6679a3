import { MemoryTier, type Stored } from '@vif/cache';
import type { Policy } from './policy.ts';

/** A value that takes next to nothing, so that the number of entries is the bound. */
export const stored: Stored<true> = {
  value: true,
  token: { epoch: '1', sequence: 1, tags: [] },
  namespace: 'traces',
  storedAt: 0,
  expires: Infinity,
  keptUntil: Infinity,
  bytes: 0,
};

/** Bytes of which no entry sees the end. */
const enough = 2 ** 40;

/** A memory tier of Vif's cache that is bounded in entries only. */
export function tierOf(maxEntries: number): MemoryTier<true> {
  return new MemoryTier({ maxBytes: enough, maxEntries });
}

/** The memory tier of Vif's cache. */
export function vifTier(size: number): Policy {
  const tier = tierOf(size);
  return { use: (key) => tier.get(key) !== undefined, add: (key) => tier.set(key, stored) };
}
