import type { Counters } from '../statistics/statistics.ts';

/** A number of a namespace that monitoring reads. */
export interface Measure {
  readonly name: string;
  readonly help: string;
  /** A counter only grows; a gauge says how much there is now. */
  readonly kind: 'counter' | 'gauge';
  readonly unit: 'read' | 'load' | 'value' | 'byte';
  /** One number, or several told apart by a label. */
  readonly read: (
    counters: Readonly<Counters>,
  ) => number | { readonly by: 'tier' | 'reason'; readonly counts: Readonly<Record<string, number>> };
}

/** How long something took, of a namespace. */
export interface DurationMeasure {
  readonly name: string;
  readonly help: string;
  readonly read: (counters: Readonly<Counters>) => Counters['hitTimes'];
}

export const measures: readonly Measure[] = [
  {
    name: 'hits',
    help: 'Reads answered with a value held, by the tier that had it.',
    kind: 'counter',
    unit: 'read',
    read: ({ hitsFrom }) => ({ by: 'tier', counts: hitsFrom }),
  },
  {
    name: 'misses',
    help: 'Reads that were no hit, by why.',
    kind: 'counter',
    unit: 'read',
    read: ({ misses }) => ({ by: 'reason', counts: misses }),
  },
  {
    name: 'joined',
    help: 'Misses that took the value of a load begun for another.',
    kind: 'counter',
    unit: 'read',
    read: ({ joined }) => joined,
  },
  {
    name: 'retried',
    help: 'Waits for a load in vain, because something it read was written meanwhile.',
    kind: 'counter',
    unit: 'read',
    read: ({ retried }) => retried,
  },
  { name: 'loads', help: 'Loads begun.', kind: 'counter', unit: 'load', read: ({ loads }) => loads },
  {
    name: 'failed',
    help: 'Loads that failed.',
    kind: 'counter',
    unit: 'load',
    read: ({ failed }) => failed,
  },
  {
    name: 'refreshed',
    help: 'Loads begun before their value expired.',
    kind: 'counter',
    unit: 'load',
    read: ({ refreshed }) => refreshed,
  },
  {
    name: 'served_expired',
    help: 'Reads given a value that had expired, since its load failed or took too long.',
    kind: 'counter',
    unit: 'read',
    read: ({ servedExpired }) => servedExpired,
  },
  {
    name: 'unstored',
    help: 'Loads whose value could not be held, because something they read was written meanwhile, or nobody could tell.',
    kind: 'counter',
    unit: 'load',
    read: ({ unstored }) => unstored,
  },
  {
    name: 'entries',
    help: 'Values held in memory.',
    kind: 'gauge',
    unit: 'value',
    read: ({ entries }) => entries,
  },
  { name: 'bytes', help: 'Bytes held in memory.', kind: 'gauge', unit: 'byte', read: ({ bytes }) => bytes },
];

export const durationMeasures: readonly DurationMeasure[] = [
  {
    name: 'hit_duration',
    help: 'How long reads took that were answered with a value held.',
    read: ({ hitTimes }) => hitTimes,
  },
  { name: 'load_duration', help: 'How long loads took.', read: ({ loadTimes }) => loadTimes },
];
