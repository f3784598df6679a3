import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cache } from '../cache.ts';
import { measures } from '../metrics/measures.ts';
import { cacheTelemetry } from './cache-telemetry.ts';
import { loadSpans } from './load-spans.ts';

async function used(names: readonly string[]): Promise<Cache> {
  const cache = new Cache();
  for (const name of names) {
    const namespace = cache.namespace<string>(name);
    await namespace.getOrSet('a', () => 'A');
    await namespace.getOrSet('a', () => 'A');
    await expect(namespace.getOrSet('b', () => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
  }
  return cache;
}

describe('cacheTelemetry', () => {
  let exporter: InMemoryMetricExporter;
  let reader: PeriodicExportingMetricReader;
  let meterProvider: MeterProvider;
  beforeEach(() => {
    exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e6 });
    meterProvider = new MeterProvider({ readers: [reader] });
  });
  afterEach(() => meterProvider.shutdown());

  /** What is collected now, by name and attributes. */
  async function collected(): Promise<Map<string, number>> {
    exporter.reset();
    await reader.forceFlush();
    const values = new Map<string, number>();
    for (const { scopeMetrics } of exporter.getMetrics())
      for (const { scope, metrics } of scopeMetrics)
        for (const { descriptor, dataPoints } of metrics) {
          expect(scope.name).toBe('@vif/cache');
          for (const { attributes, value } of dataPoints)
            if (typeof value === 'number')
              values.set([descriptor.name, ...Object.values(attributes)].join(' '), value);
        }
    return values;
  }

  it('gives what the statistics say', async () => {
    const cache = await used(['orders', 'people']);
    cacheTelemetry(cache, { meterProvider });
    const values = await collected();
    for (const name of ['orders', 'people']) {
      const counters = cache.statistics.of(name);
      const expected = measures.flatMap((measure): [string, number][] => {
        const value = measure.read(counters);
        const own = `vif.cache.${measure.name} ${name}`;
        if (typeof value === 'number') return [[own, value]];
        return Object.entries(value.counts).map(([which, count]) => [`${own} ${which}`, count]);
      });
      expect([...values]).toEqual(expect.arrayContaining(expected));
      expect(values.get(`vif.cache.load_duration.count ${name}`)).toBe(2);
      expect(values.get(`vif.cache.load_duration.sum ${name}`)).toBe(counters.loadTimes.sum / 1000);
      expect(values.get(`vif.cache.hit_duration.count ${name}`)).toBe(1);
    }
    expect(values.get('vif.cache.hits orders memory')).toBe(1);
    expect(values.get('vif.cache.reachable authority')).toBe(1);
    await cache.namespace('orders').get('a');
    expect((await collected()).get('vif.cache.hits orders memory')).toBe(2);
  });

  it('folds namespaces, tells caches apart, and ends', async () => {
    const [a, b] = [await used(['orders/1', 'orders/2', 'people']), await used(['orders'])];
    const first = cacheTelemetry(a, {
      meterProvider,
      attributes: { 'cache.name': 'A' },
      namespaceLabel: (namespace) => (namespace === 'people' ? undefined : namespace.split('/')[0]),
    });
    cacheTelemetry(b, { meterProvider, attributes: { 'cache.name': 'B' } });
    const values = await collected();
    expect(values.get('vif.cache.loads A orders')).toBe(4);
    expect(values.get('vif.cache.loads A')).toBe(2);
    expect(values.get('vif.cache.loads B orders')).toBe(2);
    first.close();
    expect(a.events.listenerCount('reach')).toBe(0);
    await a.namespace('orders/1').getOrSet('c', () => 'C');
    // The SDK goes on telling the last cumulative value of what nobody measures any more.
    expect((await collected()).get('vif.cache.loads A orders') ?? 4).toBe(4);
  });
});

describe('loadSpans', () => {
  const contexts = new AsyncLocalStorageContextManager();
  let exporter: InMemorySpanExporter;
  let tracerProvider: TracerProvider;
  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    context.setGlobalContextManager(contexts.enable());
  });
  afterEach(() => {
    context.disable();
  });

  it('makes a span of each load, as long as it took, below the span of who began it', async () => {
    let clock = 0;
    const timed = new Cache({ clock: () => clock });
    const end = loadSpans(timed, { tracerProvider, now: () => 1_800_000_000_000.25 });
    const request = tracerProvider.getTracer('test').startSpan('request');
    await context.with(trace.setSpan(context.active(), request), () =>
      timed.namespace('orders').getOrSet('secret', async () => {
        await Promise.resolve();
        clock = 1500.5;
        return 'A';
      }),
    );
    await timed.namespace('orders').get('secret');
    end();
    await timed.namespace('orders').getOrSet('other', () => 'B');
    const [span, ...others] = exporter.getFinishedSpans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: 'cache load',
      attributes: { 'vif.cache.namespace': 'orders' },
      startTime: [1_799_999_998, 499_750_000],
      endTime: [1_800_000_000, 250_000],
      duration: [1, 500_500_000],
      status: { code: SpanStatusCode.UNSET },
      parentSpanContext: { spanId: request.spanContext().spanId },
    });
    expect(JSON.stringify(span?.attributes)).not.toContain('secret');
    expect(timed.events.listenerCount('loaded')).toBe(0);
  });

  it('says the class of an error and not its message, and keys only where they are asked for', async () => {
    const cache = new Cache();
    loadSpans(cache, { tracerProvider, keys: true, namespaceLabel: () => undefined });
    const load = () => Promise.reject(new RangeError('of Marie'));
    await expect(cache.namespace('orders').getOrSet('7', load)).rejects.toThrow('of Marie');
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({
      attributes: { 'error.type': 'RangeError', 'cache.key': 'orders:7' },
      status: { code: SpanStatusCode.ERROR },
      events: [],
    });
    expect(Object.keys(span?.attributes ?? {}).sort()).toEqual(['cache.key', 'error.type']);
    expect(JSON.stringify(span?.status)).not.toContain('Marie');
  });

  it('finds a namespace whose name is written otherwise in keys', async () => {
    const cache = new Cache();
    loadSpans(cache, { tracerProvider });
    await cache.namespace('a:b*', { scope: () => 'acme' }).getOrSet('*', () => 1);
    await cache.getOrSet('plain', () => 1);
    const names = exporter.getFinishedSpans().map(({ attributes }) => attributes['vif.cache.namespace']);
    expect(names).toEqual(['a:b*', undefined]);
  });
});
