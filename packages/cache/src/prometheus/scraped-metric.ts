import type { Metric, OpenMetricsContentType, Registry } from 'prom-client';
import { merged, type Series } from './series.ts';

/** Of either text format. */
export type AnyRegistry = Registry | Registry<OpenMetricsContentType>;

export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** How the same series of several caches, or of several processes, become one. */
  readonly aggregator: 'sum' | 'min';
}

/**
 * A metric whose numbers are read from their sources when it is scraped. prom-client's own are counted up: to set them
 * would count each read twice, and a histogram that was counted elsewhere cannot be put into theirs at all.
 */
export class ScrapedMetric {
  /** prom-client takes `_total` off it for OpenMetrics, and puts it on again in each line. */
  name: string;
  readonly help: string;
  readonly type: MetricFamily['type'];
  readonly aggregator: MetricFamily['aggregator'];
  readonly #sources = new Set<() => Series[]>();

  private constructor({ name, help, type, aggregator }: MetricFamily) {
    this.name = name;
    this.help = help;
    this.type = type;
    this.aggregator = aggregator;
  }

  /**
   * Adds a source to the metric of that name in a registry, until what it returns is called. A metric without sources
   * leaves its registry.
   * @throws {Error} when somebody else's metric has the name
   */
  static add(registry: AnyRegistry, family: MetricFamily, read: () => Series[]): () => void {
    // A registry gives whatever was put in, which may be one of these.
    const found = registry.getSingleMetric(family.name) as unknown;
    const metric = found instanceof ScrapedMetric ? found : new ScrapedMetric(family);
    // Of a metric, a registry uses its name, its type, get() and reset().
    if (found !== metric) registry.registerMetric(metric as unknown as Metric);
    metric.#sources.add(read);
    return () => {
      metric.#sources.delete(read);
      const registered = registry.getSingleMetric(family.name) as unknown; // as above
      if (metric.#sources.size === 0 && registered === metric) registry.removeSingleMetric(family.name);
    };
  }

  /** What a registry asks for. It asks all its metrics in one turn of the event loop, so that their numbers agree. */
  get(): Promise<MetricFamily & { readonly values: Series[] }> {
    const { name, help, type, aggregator } = this;
    const all = [...this.#sources].flatMap((read) => read());
    const merge = aggregator === 'min' ? Math.min : (a: number, b: number) => a + b;
    const values = this.#sources.size > 1 ? merged(all, merge) : all;
    return Promise.resolve({ name, help, type, aggregator, values });
  }

  /** For `registry.resetMetrics()`: the counts are the cache's, which go on. */
  reset(): void {}
}
