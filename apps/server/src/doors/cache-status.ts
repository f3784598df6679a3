import type { Outcome } from '@vif/cache';

/** What RFC 9211 calls the reasons for which a cache asks further. */
const forwarded = {
  absent: 'fwd=miss',
  expired: 'fwd=stale; detail=expired',
  outdated: 'fwd=stale; detail=outdated',
  forgotten: 'fwd=stale; detail=forgotten',
  unreachable: 'fwd=bypass; detail=unreachable',
  bypassed: 'fwd=bypass; detail=write',
} as const;

/** Characters; the key of a longer one is not said, since proxies take but a few kilobytes of headers. */
const longestKey = 500;

/**
 * The `key` parameter of a Cache-Status.
 * @param key what the answer is of, apart from who may see it; ASCII
 * @example keyParameter('people:get:{…}') // '; key="people:get:{…}"'
 */
export function keyParameter(key: string): string {
  return key.length > longestKey ? '' : `; key="${key.replaceAll(/[\\"]/g, '\\$&')}"`;
}

/**
 * How an answer came about, as the `Cache-Status` header says it (RFC 9211 §2).
 * @param named its `keyParameter`
 * @example cacheStatus({ from: 'tier', ttl: 9_500, … }, keyParameter('a')) // 'vif; hit; ttl=9; key="a"'
 */
export function cacheStatus({ from, reason, stored, ttl }: Outcome<unknown>, named: string): string {
  const seconds = Math.floor(ttl / 1000);
  if (from === 'tier' || from === 'expired') return `vif; hit; ttl=${seconds}${named}`;
  const why = forwarded[reason ?? 'absent'];
  const collapsed = from === 'joined load' ? '; collapsed' : '';
  return `vif; ${why}${collapsed}${stored ? `; stored; ttl=${seconds}` : ''}${named}`;
}

/** Of an answer that is never cached. */
export const neverCached = 'vif; fwd=bypass; detail=uncached';
