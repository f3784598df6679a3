import { Counter, type OpenMetricsContentType, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { Cache } from '../cache.ts';
import { MemoryTier } from '../memory/memory-tier.ts';
import { bucketBounds } from '../statistics/histogram.ts';
import type { Counters } from '../statistics/statistics.ts';
import { cacheMetrics } from './cache-metrics.ts';

/** The series of a scrape, by what stands before the value; refuses one that is there twice, as Prometheus does. */
async function scrape(registry: Registry): Promise<Map<string, number>> {
  const series = new Map<string, number>();
  const text = await registry.metrics();
  const helped = text.match(/^# HELP \S+/gm) ?? [];
  expect(new Set(helped).size).toBe(helped.length);
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', labels = '', value] = /^([a-z_:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const sorted = labels.match(/\w+="(?:[^"\\]|\\.)*"/g)?.sort() ?? [];
    const key = `${name}{${sorted.join(',')}}`;
    expect(series.has(key), key).toBe(false);
    series.set(key, Number(value));
  }
  return series;
}

const total = (series: Map<string, number>, name: string) =>
  [...series].reduce((sum, [key, value]) => sum + (key.startsWith(`${name}{`) ? value : 0), 0);

/** Something of everything: hits, misses of two reasons, a joined load, one that failed. */
async function used(names: readonly string[] = ['orders', 'people']): Promise<Cache> {
  const cache = new Cache();
  for (const name of names) {
    const namespace = cache.namespace<string>(name);
    await Promise.all([namespace.getOrSet('a', () => 'A'), namespace.getOrSet('a', () => 'A')]);
    await namespace.getOrSet('a', () => 'A');
    await namespace.get('a');
    await namespace.delete('a');
    await expect(namespace.getOrSet('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await namespace.set('b', 'B');
  }
  return cache;
}

describe('cacheMetrics', () => {
  it('gives what the statistics say, of each namespace', async () => {
    const cache = await used();
    const registry = new Registry();
    cacheMetrics(cache, { registers: [registry] });
    const series = await scrape(registry);
    for (const [namespace, counters] of cache.statistics.namespaces()) {
      const own = namespace === '' ? '' : `namespace="${namespace}"`;
      const of = (name: string, more = '') =>
        series.get(`vif_cache_${name}{${[own, more].filter(Boolean).sort().join(',')}}`);
      const numbers: Record<string, keyof Counters> = {
        joined_total: 'joined',
        retried_total: 'retried',
        loads_total: 'loads',
        failed_total: 'failed',
        refreshed_total: 'refreshed',
        served_expired_total: 'servedExpired',
        unstored_total: 'unstored',
        entries: 'entries',
        bytes: 'bytes',
      };
      for (const [name, counter] of Object.entries(numbers)) expect(of(name), name).toBe(counters[counter]);
      expect(of('hits_total', 'tier="memory"')).toBe(counters.hitsFrom.memory);
      for (const [reason, count] of Object.entries(counters.misses))
        expect(of('misses_total', `reason="${reason}"`)).toBe(count);
      for (const [name, times] of [
        ['hit_duration_seconds', counters.hitTimes],
        ['load_duration_seconds', counters.loadTimes],
      ] as const) {
        expect(of(`${name}_count`)).toBe(times.count);
        expect(of(`${name}_sum`)).toBeCloseTo(times.sum / 1000, 12);
        let sum = 0;
        for (const [at, count] of times.counts.entries()) {
          sum += count;
          const le = at < bucketBounds.length ? String(2 ** at / 1e6) : '+Inf';
          expect(of(`${name}_bucket`, `le="${le}"`), le).toBe(sum);
        }
      }
    }
    expect(cache.statistics.of('orders')).toMatchObject({ hits: 2, loads: 2, failed: 1, joined: 1 });
    expect(series.get('vif_cache_hits_total{namespace="orders",tier="memory"}')).toBe(2);
    expect(series.get('vif_cache_reachable{part="authority"}')).toBe(1);
  });

  it('gives the same numbers when it is scraped again, and the new ones after more reads', async () => {
    const cache = await used();
    const registry = new Registry();
    cacheMetrics(cache, { registers: [registry] });
    const before = await scrape(registry);
    expect(await scrape(registry)).toEqual(before);
    await cache.namespace('orders').get('b');
    const after = await scrape(registry);
    expect(total(after, 'vif_cache_hits_total')).toBe(total(before, 'vif_cache_hits_total') + 1);
    registry.resetMetrics();
    expect(await scrape(registry)).toEqual(after);
  });

  it('counts namespaces together that are called the same, and those called nothing without one', async () => {
    const cache = await used(['orders/acme', 'orders/vif', 'people', '', 'odd\uD800', 'odd\uFFFD']);
    const registry = new Registry();
    cacheMetrics(cache, {
      registers: [registry],
      namespaceLabel: (namespace) => (namespace === 'people' ? undefined : namespace.split('/')[0]),
    });
    const series = await scrape(registry);
    expect(series.get('vif_cache_loads_total{namespace="orders"}')).toBe(4);
    expect(series.get('vif_cache_loads_total{}')).toBe(4);
    expect(series.get('vif_cache_loads_total{namespace="odd\uFFFD"}')).toBe(4);
    expect(series.get('vif_cache_load_duration_seconds_bucket{le="+Inf",namespace="orders"}')).toBe(4);
    expect(series.get('vif_cache_hits_total{namespace="orders",tier="memory"}')).toBe(4);
    expect(total(series, 'vif_cache_loads_total')).toBe(12);
  });

  it('lets several caches share a registry: told apart by labels, else summed', async () => {
    const registry = new Registry();
    const [a, b, c] = [await used(), await used(), await used(['orders'])];
    const first = cacheMetrics(a, { registers: [registry], labels: { cache: 'a' } });
    cacheMetrics(b, { registers: [registry], labels: { cache: 'b' } });
    cacheMetrics(c, { registers: [registry], labels: { cache: 'b' } });
    const both = await scrape(registry);
    expect(both.get('vif_cache_loads_total{cache="a",namespace="orders"}')).toBe(2);
    expect(both.get('vif_cache_loads_total{cache="b",namespace="orders"}')).toBe(4);
    expect(both.get('vif_cache_reachable{cache="b",part="authority"}')).toBe(1);
    first.close();
    const one = await scrape(registry);
    expect([...one.keys()].some((key) => key.includes('cache="a"'))).toBe(false);
    expect(one.get('vif_cache_loads_total{cache="b",namespace="people"}')).toBe(2);
  });

  it('leaves nothing behind once closed', async () => {
    const registry = new Registry();
    const cache = await used();
    const listening = cache.events.listenerCount('reach');
    const metrics = cacheMetrics(cache, { registers: [registry], prefix: 'shop_' });
    expect((await scrape(registry)).get('shop_loads_total{namespace="people"}')).toBe(2);
    metrics.close();
    metrics.close();
    expect(await registry.metrics()).toBe('\n');
    expect(cache.events.listenerCount('reach')).toBe(listening);
  });

  it('tells when a tier is out of reach and when it is back', async () => {
    const far = new MemoryTier<unknown>({ maxBytes: 1e6 });
    let down = true;
    const tier = {
      name: 'far',
      get: (key: string) => (down ? Promise.reject(new Error('down')) : far.get(key)),
      set: far.set.bind(far),
      delete: far.delete.bind(far),
      clear: far.clear.bind(far),
    };
    let clock = 0;
    const cache = new Cache({ tiers: [tier], clock: () => clock });
    const registry = new Registry();
    cacheMetrics(cache, { registers: [registry] });
    await cache.get('a');
    expect((await scrape(registry)).get('vif_cache_reachable{part="far"}')).toBe(0);
    down = false;
    clock = 10_000;
    await cache.get('a');
    expect((await scrape(registry)).get('vif_cache_reachable{part="far"}')).toBe(1);
  });

  it('says OpenMetrics, each counter with one _total', async () => {
    const registry = new Registry<OpenMetricsContentType>();
    registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    const metrics = cacheMetrics(await used(), { registers: [registry] });
    const text = await registry.metrics();
    expect(text).toContain('# TYPE vif_cache_loads counter\n');
    expect(text).toContain('\nvif_cache_loads_total{namespace="orders"} 2\n');
    expect(await registry.metrics()).toBe(text);
    metrics.close();
    expect(await registry.metrics()).toBe('\n# EOF\n');
  });

  it('escapes what a namespace may hold', async () => {
    const registry = new Registry();
    cacheMetrics(await used(['a"b\\c\nd']), { registers: [registry] });
    expect((await scrape(registry)).get('vif_cache_loads_total{namespace="a\\"b\\\\c\\nd"}')).toBe(2);
  });

  it('takes nothing of a registry that has a metric of one of its names, nor names Prometheus refuses', async () => {
    const registry = new Registry();
    const taken = new Counter({ name: 'vif_cache_entries', help: 'Mine.', registers: [registry] });
    const cache = await used();
    expect(() => cacheMetrics(cache, { registers: [registry] })).toThrow('already been registered');
    expect(registry.getMetricsAsArray()).toEqual([taken]);
    for (const label of ['tier', '1st', 'a-b', '__name'])
      expect(() => cacheMetrics(cache, { registers: [registry], labels: { [label]: 'x' } })).toThrow(label);
    expect(() => cacheMetrics(cache, { registers: [registry], prefix: 'vif-' })).toThrow('vif-');
  });
});
