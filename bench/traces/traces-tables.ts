import { markdownTable } from '../report/markdown-table.ts';
import type { Speed } from './speed.ts';
import type { Trace } from './trace.ts';

/** A trace and the hit ratio of each policy, from 0 to 1. */
export interface Replayed {
  readonly trace: Trace;
  readonly ratios: Readonly<Record<string, number>>;
}

/** Hit ratios, in percent. */
export function ratiosTable(replayed: readonly Replayed[], policies: readonly string[]): string {
  const rows = replayed.map(({ trace, ratios }) => [
    trace.name,
    trace.about,
    trace.keys.length.toLocaleString('en'),
    trace.size.toLocaleString('en'),
    ...policies.map((policy) => ((ratios[policy] ?? Number.NaN) * 100).toFixed(2)),
  ]);
  return markdownTable(['trace', 'what', 'accesses', 'entries', ...policies.map((one) => `${one}, %`)], rows);
}

/** Operations a second. */
export function speedsTable(speeds: readonly Speed[]): string {
  const rows = speeds.map(({ operation, vif, lru }) => [
    operation,
    vif.toFixed(1),
    lru.toFixed(1),
    (vif / lru).toFixed(2),
  ]);
  return markdownTable(['operation', 'Vif, million/s', 'lru-cache', 'ratio'], rows);
}
