export type { NamespaceLabel } from '../metrics/folded.ts';
export { type CacheTelemetry, type CacheTelemetryOptions, cacheTelemetry } from './cache-telemetry.ts';
export { type LoadSpansOptions, loadSpans } from './load-spans.ts';
