import type { EventEmitter } from 'node:events';
import { type CacheEvents, tell } from './events.ts';
import type { Counters, MissReason } from './statistics.ts';

/** Counts a read that was a hit, and tells of it. */
export function countHit(
  counters: Counters,
  events: EventEmitter<CacheEvents>,
  { key, tier, took }: { readonly key: string; readonly tier: string; readonly took: number },
): void {
  counters.hits++;
  counters.hitsFrom[tier] = (counters.hitsFrom[tier] ?? 0) + 1;
  counters.hitTimes.observe(took);
  if (events.listenerCount('hit') > 0) tell(events, 'hit', { key, tier });
}

/** Counts a read that was no hit, and tells of it. */
export function countMiss(
  counters: Counters,
  events: EventEmitter<CacheEvents>,
  miss: { readonly key: string; readonly reason: MissReason },
): void {
  counters.misses[miss.reason]++;
  if (events.listenerCount('miss') > 0) tell(events, 'miss', miss);
}
