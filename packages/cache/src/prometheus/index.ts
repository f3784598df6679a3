export type { NamespaceLabel } from '../metrics/folded.ts';
export { type CacheMetrics, type CacheMetricsOptions, cacheMetrics } from './cache-metrics.ts';
