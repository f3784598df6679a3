import type { RouteAnswer } from '@vif/contract';
import type { Client } from './client.ts';

export type CacheStats = RouteAnswer<'cache.stats'>;

/** What Vif's cache says about itself; for an administrator's client. */
export async function cacheStats(client: Client): Promise<CacheStats> {
  const { status, body } = await client.ask('/api/v1/cache/stats');
  if (status !== 200) throw new Error(`The cache's statistics were answered ${status}: ${body.toString()}`);
  // The contract's answer to this route.
  return JSON.parse(body.toString()) as CacheStats;
}
