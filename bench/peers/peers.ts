import { createRequire } from 'node:module';
import { asyncCacheDedupe } from './async-cache-dedupe.ts';
import { bentocache } from './bentocache.ts';
import { cacheManager } from './cache-manager.ts';
import { cacheable } from './cacheable.ts';
import { keyv } from './keyv.ts';
import { lruCache } from './lru-cache.ts';
import type { Peer } from './peer.ts';
import { vif } from './vif.ts';

/** All caches that are compared, Vif's first: the columns of the tables. */
export const peers: readonly Peer[] = [
  vif,
  bentocache,
  cacheable,
  cacheManager,
  keyv,
  asyncCacheDedupe,
  lruCache,
];

/** The versions of all packages that they come from, in a line. */
export function versions(): string {
  // A package.json that says its dependencies' exact versions, as the lock-file check wants it.
  const { devDependencies } = createRequire(import.meta.url)('../../package.json') as {
    devDependencies: Record<string, string>;
  };
  const names = new Set(peers.flatMap(({ packages }) => packages));
  return [...names].map((name) => `${name} ${devDependencies[name] ?? 'of no version'}`).join(', ');
}
