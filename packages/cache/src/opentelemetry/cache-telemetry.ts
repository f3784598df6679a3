import { type Attributes, type MeterProvider, metrics, type Observable } from '@opentelemetry/api';
import type { Cache } from '../cache.ts';
import { folded } from '../metrics/folded.ts';
import { durationMeasures, type Measure, measures } from '../metrics/measures.ts';
import { type NamespaceLabel, ownName } from '../metrics/namespace-label.ts';
import { Reach } from '../metrics/reach.ts';

export interface CacheTelemetryOptions {
  /** The global one unless given. */
  readonly meterProvider?: MeterProvider;
  /** On every measurement, to tell several caches. */
  readonly attributes?: Attributes;
  /** Bounds the number of series. The namespaces' own names unless given. */
  readonly namespaceLabel?: NamespaceLabel;
}

export interface CacheTelemetry {
  /** Measures this cache no longer. */
  close(): void;
}

/**
 * A cache's statistics as OpenTelemetry reads them: each number when it is collected, so that a read of the cache does
 * nothing for it. Durations are given as their sum and count, since OpenTelemetry takes histograms only one measurement
 * at a time; `loadSpans` tells of single loads, and `@vif/cache/prometheus` has the whole histograms.
 *
 * @example
 * const telemetry = cacheTelemetry(cache, { attributes: { 'cache.name': 'shop' } });
 * // vif.cache.hits {vif.cache.namespace: 'orders', vif.cache.tier: 'memory'} 41 …
 */
export function cacheTelemetry(
  cache: Pick<Cache, 'statistics' | 'events' | 'reachable'>,
  options: CacheTelemetryOptions = {},
): CacheTelemetry {
  const { meterProvider = metrics.getMeterProvider(), attributes = {}, namespaceLabel = ownName } = options;
  const meter = meterProvider.getMeter('@vif/cache');
  const reach = new Reach(cache);
  const counts = measures.map(({ name, help, kind, unit, read }) => {
    const described = { description: help, unit: units[unit] };
    const observable =
      kind === 'counter'
        ? meter.createObservableCounter(`vif.cache.${name}`, described)
        : meter.createObservableUpDownCounter(`vif.cache.${name}`, described);
    return { observable, read };
  });
  const durations = durationMeasures.map(({ name, help, read }) => ({
    sum: meter.createObservableCounter(`vif.cache.${name}.sum`, { description: help, unit: 's' }),
    count: meter.createObservableCounter(`vif.cache.${name}.count`, {
      description: `${help} Their number.`,
      unit: '1',
    }),
    read,
  }));
  const reachable = meter.createObservableGauge('vif.cache.reachable', {
    description: 'Whether the authority or a tier is in reach; a tier is told of from its first outage on.',
  });
  const observables: Observable[] = [
    ...counts.map(({ observable }) => observable),
    ...durations.flatMap(({ sum, count }) => [sum, count]),
    reachable,
  ];
  const observe: Parameters<typeof meter.addBatchObservableCallback>[0] = (result) => {
    for (const [namespace, counters] of folded(cache.statistics, namespaceLabel).namespaces()) {
      const own = namespace === '' ? attributes : { ...attributes, 'vif.cache.namespace': namespace };
      for (const { observable, read } of counts) {
        const value = read(counters);
        if (typeof value === 'number') result.observe(observable, value, own);
        else
          for (const [which, count] of Object.entries(value.counts))
            result.observe(observable, count, { ...own, [`vif.cache.${value.by}`]: which });
      }
      for (const { sum, count, read } of durations) {
        const times = read(counters);
        result.observe(sum, times.sum / 1000, own);
        result.observe(count, times.count, own);
      }
    }
    for (const [part, inReach] of reach.parts())
      result.observe(reachable, inReach ? 1 : 0, { ...attributes, 'vif.cache.part': part });
  };
  meter.addBatchObservableCallback(observe, observables);
  return {
    close: () => {
      meter.removeBatchObservableCallback(observe, observables);
      reach.close();
    },
  };
}

/** As UCUM writes them. */
const units: Readonly<Record<Measure['unit'], string>> = {
  read: '{read}',
  load: '{load}',
  value: '{value}',
  byte: 'By',
};
