export type { NamespaceLabel } from '../metrics/namespace-label.ts';
export { type CacheMetrics, type CacheMetricsOptions, cacheMetrics } from './cache-metrics.ts';
