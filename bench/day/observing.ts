import { setTimeout as timer } from 'node:timers/promises';
import type { RouteAnswer } from '@vif/contract';
import { median } from '../report/median.ts';
import { type CacheStats, cacheStats } from '../vif/cache-stats.ts';
import type { Client } from '../vif/client.ts';
import { residentMemory } from '../vif/resident-memory.ts';
import type { Ledger } from './ledger.ts';
import { percentile } from './percentile.ts';

/** Milliseconds between two looks at the process's memory. */
const interval = 1000;
/** Looks at the memory for each look at all the rest. */
const looksEach = 10;

/** How Vif was during ten seconds. */
export interface Observation {
  /** Since the load began. */
  readonly seconds: number;
  readonly requests: number;
  /** Of these requests, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Median of the process's memory, in bytes. */
  readonly resident: number;
  readonly stats: CacheStats;
  readonly health: RouteAnswer<'health.get'>;
}

export interface Observed {
  readonly observations: Observation[];
  /** The process's memory at each second, in bytes. */
  readonly resident: number[];
}

/** Looks at Vif every ten seconds, and at its memory every second, until the day is over. */
export async function observe(
  { client, pid, ledger, over }: { client: Client; pid: number; ledger: Ledger; over: AbortSignal },
  observed: Observed,
): Promise<void> {
  const { resident, observations } = observed;
  const began = performance.now();
  while (!over.aborted) {
    await timer(interval, undefined, { signal: over }).catch(() => undefined);
    resident.push(await residentMemory(pid));
    if (resident.length % looksEach !== 0) continue;
    const latencies = ledger.takeLatencies();
    observations.push({
      seconds: (performance.now() - began) / 1000,
      requests: latencies.length,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      resident: median(resident.slice(-looksEach)),
      stats: await cacheStats(client),
      health: await healthOf(client),
    });
  }
}

async function healthOf(client: Client): Promise<RouteAnswer<'health.get'>> {
  const { body } = await client.ask('/health');
  // The contract's answer to this route, whatever its status.
  return JSON.parse(body.toString()) as RouteAnswer<'health.get'>;
}
