import { register } from 'prom-client';
import type { Cache } from '../cache.ts';
import { folded } from '../metrics/folded.ts';
import { durationMeasures, measures } from '../metrics/measures.ts';
import { type NamespaceLabel, ownName } from '../metrics/namespace-label.ts';
import { Reach } from '../metrics/reach.ts';
import { bucketBounds, type Histogram } from '../statistics/histogram.ts';
import type { Statistics } from '../statistics/statistics.ts';
import { type AnyRegistry, type MetricFamily, ScrapedMetric } from './scraped-metric.ts';
import type { Series } from './series.ts';

export interface CacheMetricsOptions {
  /** Where the metrics are scraped; prom-client's global one unless given. */
  readonly registers?: readonly AnyRegistry[];
  /** What all names begin with; `vif_cache_` unless given. */
  readonly prefix?: string;
  /** On every series, to tell several caches in one registry. What has the same labels is summed. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Bounds the number of series, some 70 for each name that namespaces are called by. Their own unless given. */
  readonly namespaceLabel?: NamespaceLabel;
}

export interface CacheMetrics {
  /** Takes this cache's numbers out of the registries, and a metric that then has none. */
  close(): void;
}

/**
 * A cache's statistics as Prometheus scrapes them. They are read when it does; a read of the cache does nothing for it.
 *
 * @throws {TypeError} for names that Prometheus does not take
 * @throws {Error} when a registry has another metric of one of the names
 * @example
 * const cache = new Cache();
 * cacheMetrics(cache);
 * await register.metrics(); // vif_cache_hits_total{namespace="orders",tier="memory"} 41 …
 */
export function cacheMetrics(
  cache: Pick<Cache, 'statistics' | 'events' | 'reachable'>,
  options: CacheMetricsOptions = {},
): CacheMetrics {
  const { registers = [register], prefix = 'vif_cache_', labels = {}, namespaceLabel = ownName } = options;
  refuseNames(prefix, Object.keys(labels));
  const reach = new Reach(cache);
  const counted = onceATurn(() => folded(cache.statistics, namespaceLabel));
  const closing = [() => reach.close()];
  const close = () => {
    for (const end of closing.splice(0)) end();
  };
  try {
    for (const registry of registers)
      for (const [family, read] of families(prefix, labels, counted, reach))
        closing.push(ScrapedMetric.add(registry, family, read));
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}

type Labels = Series['labels'];

function* families(
  prefix: string,
  labels: Labels,
  counted: () => Statistics,
  reach: Reach,
): Generator<[MetricFamily, () => Series[]]> {
  /** Each namespace's counts; a label that is empty is none to Prometheus. */
  const each = function* () {
    for (const [namespace, counters] of counted().namespaces())
      yield [counters, namespace === '' ? labels : { ...labels, namespace }] as const;
  };
  for (const { name, help, kind, read } of measures) {
    const whole = `${prefix}${name}${kind === 'counter' ? '_total' : ''}`;
    yield [
      { name: whole, help, type: kind, aggregator: 'sum' },
      () =>
        Array.from(each()).flatMap(([counters, own]) => {
          const value = read(counters);
          if (typeof value === 'number') return [{ labels: own, value }];
          const { by, counts } = value;
          return Object.entries(counts).map(([which, count]) => ({
            labels: { ...own, [by]: which },
            value: count,
          }));
        }),
    ];
  }
  for (const { name, help, read } of durationMeasures) {
    const whole = `${prefix}${name}_seconds`;
    yield [
      { name: whole, help, type: 'histogram', aggregator: 'sum' },
      () => Array.from(each()).flatMap(([counters, own]) => histogram(whole, own, read(counters))),
    ];
  }
  yield [
    {
      name: `${prefix}reachable`,
      help: 'Whether the authority or a tier is in reach; a tier is told of from its first outage on.',
      type: 'gauge',
      aggregator: 'min',
    },
    () =>
      Array.from(reach.parts(), ([part, inReach]) => ({
        labels: { ...labels, part },
        value: inReach ? 1 : 0,
      })),
  ];
}

/** Upper bounds in seconds, as text; the digits that dividing adds are cut off. */
const bounds = [...bucketBounds.map((bound) => String(Number((bound / 1000).toPrecision(9)))), '+Inf'];

function histogram(name: string, labels: Labels, { counts, sum }: Histogram): Series[] {
  let count = 0;
  const buckets = bounds.map((le, at) => {
    count += counts[at] ?? 0;
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum / 1000 },
    { metricName: `${name}_count`, labels, value: count },
  ];
}

/** One answer serves all who ask in the same turn of the event loop, as the metrics of a scrape do. */
function onceATurn<T>(work: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => {
    if (!answer) {
      answer = { value: work() };
      queueMicrotask(() => {
        answer = undefined;
      });
    }
    return answer.value;
  };
}

const ours = new Set(['namespace', 'tier', 'reason', 'part', 'le']);

/** A name that Prometheus does not take makes it refuse the whole scrape, other metrics too. */
function refuseNames(prefix: string, labels: readonly string[]): void {
  if (!/^[a-zA-Z_:][\w:]*$/.test(prefix))
    throw new TypeError(`No metric's name begins with '${prefix}': use letters, digits, _ and :.`);
  for (const label of labels)
    if (ours.has(label) || !/^(?!__)[a-zA-Z_]\w*$/.test(label))
      throw new TypeError(
        `'${label}' cannot be a label of yours: use letters, digits and _, and none of ${[...ours].join(', ')}.`,
      );
}
