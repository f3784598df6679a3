import type { Histogram } from '../statistics/histogram.ts';
import { type Counters, Statistics } from '../statistics/statistics.ts';
import type { NamespaceLabel } from './namespace-label.ts';

/** The counts of namespaces that are called the same, summed; by what they are called, '' where by nothing. */
export function folded(statistics: Statistics, label: NamespaceLabel): Statistics {
  const sums = new Statistics();
  for (const [namespace, counters] of statistics.namespaces())
    add(sums.of(label(namespace)?.toWellFormed() ?? ''), counters); // what UTF-8 cannot tell apart is one
  return sums;
}

const numbers = [
  'hits',
  'joined',
  'retried',
  'loads',
  'failed',
  'refreshed',
  'servedExpired',
  'unstored',
  'entries',
  'bytes',
] as const;

function add(sum: Counters, counters: Readonly<Counters>): void {
  for (const name of numbers) sum[name] += counters[name];
  addEach(sum.hitsFrom, counters.hitsFrom);
  addEach(sum.misses, counters.misses);
  addTimes(sum.hitTimes, counters.hitTimes);
  addTimes(sum.loadTimes, counters.loadTimes);
}

function addEach(sum: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
}

function addTimes(sum: Histogram, times: Histogram): void {
  sum.sum += times.sum;
  for (const [at, count] of times.counts.entries()) sum.counts[at] = (sum.counts[at] ?? 0) + count;
}
