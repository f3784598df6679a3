import { LRUCache } from 'lru-cache';
import type { Policy } from './policy.ts';

/** npm's lru-cache: what was used longest ago goes first. */
export function lru(size: number): Policy {
  const held = new LRUCache<string, true>({ max: size });
  return { use: (key) => held.get(key) === true, add: (key) => void held.set(key, true) };
}
