export type { NamespaceLabel } from '../metrics/namespace-label.ts';
export { type CacheTelemetry, type CacheTelemetryOptions, cacheTelemetry } from './cache-telemetry.ts';
export { type LoadSpansOptions, loadSpans } from './load-spans.ts';
