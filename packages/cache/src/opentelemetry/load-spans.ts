import { type HrTime, SpanKind, SpanStatusCode, type TracerProvider, trace } from '@opentelemetry/api';
import type { Cache } from '../cache.ts';
import { namespaceIn } from '../keys/names.ts';
import { type NamespaceLabel, ownName } from '../metrics/namespace-label.ts';
import type { CacheEvents } from '../statistics/events.ts';

export interface LoadSpansOptions {
  /** The global one unless given. */
  readonly tracerProvider?: TracerProvider;
  /** Puts the key on each span, as `cache.key`. Keys can hold personal data, so that it is off unless given. */
  readonly keys?: boolean;
  /** What namespaces are called. Their own names unless given. */
  readonly namespaceLabel?: NamespaceLabel;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * A span for each load, below the span of who began it. It is made when the load has ended, so that spans made in the
 * load lie beside it and not below it. Of an error it says the class and not the message, which can hold what was read.
 *
 * @returns what ends it
 * @example
 * const end = loadSpans(cache);
 */
export function loadSpans(cache: Pick<Cache, 'events'>, options: LoadSpansOptions = {}): () => void {
  const { tracerProvider = trace.getTracerProvider(), keys = false, now = Date.now } = options;
  const { namespaceLabel = ownName } = options;
  const tracer = tracerProvider.getTracer('@vif/cache');
  const onLoaded = (load: CacheEvents['loaded'][0]) => {
    const ended = now();
    const namespace = namespaceLabel(namespaceIn(load.key) ?? '');
    const span = tracer.startSpan('cache load', {
      kind: SpanKind.INTERNAL,
      startTime: hrTime(ended - load.took),
      attributes: {
        ...(namespace && { 'vif.cache.namespace': namespace }),
        ...(keys && { 'cache.key': load.key }),
      },
    });
    if ('error' in load) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', load.error instanceof Error ? load.error.name : typeof load.error);
    }
    span.end(hrTime(ended));
  };
  cache.events.on('loaded', onLoaded);
  return () => {
    cache.events.off('loaded', onLoaded);
  };
}

/** A plain number would be read as one of `performance.now()` where it is small, and a Date has no fractions. */
function hrTime(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)];
}
