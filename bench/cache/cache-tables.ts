import { markdownTable } from '../report/markdown-table.ts';
import { megabytes } from '../report/megabytes.ts';
import type { Crowd } from './crowd.ts';
import { keysAnOperation } from './key-speeds.ts';
import type { Rate } from './rates.ts';
import type { Replay } from './replay.ts';

/** A row of the table of speeds; ratios are to the first of its rates. */
export interface Measured {
  readonly name: string;
  readonly rates: readonly Rate[];
}

const none = '–';

/** Operations a second, and in brackets the part of what the row's first cache does. */
export function speedsTable(caches: readonly string[], rows: readonly Measured[]): string {
  return markdownTable(
    ['operations/s', 'compared with', ...caches],
    rows.map(({ name, rates }) => [
      name,
      rates[0]?.name ?? none,
      ...caches.map((cache) => {
        const rate = rates.find((one) => one.name === cache);
        return rate ? `${Math.round(rate.perSecond).toLocaleString('en')} (${digits(rate.ratio)})` : none;
      }),
    ]),
  );
}

/** Microseconds for a key. */
export function keysTable(rates: readonly Rate[]): string {
  const rows = rates.map(({ name, perSecond, ratio }) => [
    name,
    (1e6 / perSecond / keysAnOperation).toFixed(2),
    digits(1 / ratio),
  ]);
  return markdownTable(['a key of an object', 'µs', `times ${rates[0]?.name ?? none}`], rows);
}

/** Loads and time of a crowd. */
export function crowdsTable(callers: number, crowds: readonly Crowd[]): string {
  const rows = crowds.map(({ name, layers, loads, milliseconds }) => [
    name,
    layers,
    loads.toLocaleString('en'),
    milliseconds.toFixed(0),
  ]);
  const head = `${callers.toLocaleString('en')} callers of a cold key`;
  return markdownTable([head, 'in', 'loads', 'ms until all had it'], rows);
}

/** Hits, in percent. */
export function replaysTable(replays: readonly Replay[]): string {
  const traces = [...new Set(replays.map(({ trace }) => trace))];
  const caches = [...new Set(replays.map(({ name }) => name))];
  const rows = caches.map((cache) => [
    cache,
    ...traces.map((trace) => {
      const found = replays.find((one) => one.name === cache && one.trace === trace);
      return found ? (found.ratio * 100).toFixed(2) : none;
    }),
  ]);
  return markdownTable(['hits, %', ...traces], rows);
}

/** Memory of all entries, and of one without its key and value. */
export function memoryTable(
  entries: number,
  taken: readonly { readonly name: string; readonly bytes: number }[],
): string {
  const alone = taken[0]?.bytes ?? Number.NaN;
  const rows = taken.map(({ name, bytes }) => [
    name,
    megabytes(bytes),
    Math.round((bytes - alone) / entries).toLocaleString('en'),
  ]);
  const head = `${entries.toLocaleString('en')} entries`;
  return markdownTable([head, 'MB', 'bytes more an entry than in a Map'], rows);
}

function digits(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toPrecision(2);
}
