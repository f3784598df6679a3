import { Histogram } from './histogram.ts';

/**
 * Why a read was no hit. `unreachable`: the authority could not be asked, so nothing held could be believed. `bypassed`: it
 * was made within a write.
 */
export type MissReason = 'absent' | 'expired' | 'outdated' | 'forgotten' | 'unreachable' | 'bypassed';

/** What happened in one namespace since the process began, and what it holds now. */
export interface Counters {
  hits: number;
  /** The hits by the name of the tier that they came from. */
  readonly hitsFrom: Record<string, number>;
  /** Reads that were no hit, by why. */
  readonly misses: Record<MissReason, number>;
  /** Of the misses, those that took the value of another's load, in this process or another. */
  joined: number;
  /** Times that somebody had waited for a load in vain, because something it read was written meanwhile. */
  retried: number;
  /** Loads begun, and of them those that failed. */
  loads: number;
  failed: number;
  /** Loads begun before their value expired. */
  refreshed: number;
  /** Reads that were given a value that had expired, and that nothing had invalidated. */
  servedExpired: number;
  /** Loads whose value could not be stored: something they read was written meanwhile, the authority was away, or it is no plain data. */
  unstored: number;
  /** Held in memory. */
  entries: number;
  /** Bytes held in memory. */
  bytes: number;
  /** How long hits took, and loads. */
  readonly hitTimes: Histogram;
  readonly loadTimes: Histogram;
}

/** Counts by namespace. */
export class Statistics {
  readonly #namespaces = new Map<string, Counters>();

  /** The counters of a namespace, to be counted up. */
  of(namespace: string): Counters {
    let counters = this.#namespaces.get(namespace);
    if (!counters) {
      counters = noCounts();
      this.#namespaces.set(namespace, counters);
    }
    return counters;
  }

  /** All that were counted so far. */
  namespaces(): IterableIterator<[string, Readonly<Counters>]> {
    return this.#namespaces.entries();
  }

  /** Counts what a tier holds; for `Tier.countWith`. */
  readonly holds = (namespace: string, entries: number, bytes: number): void => {
    const counters = this.of(namespace);
    counters.entries += entries;
    counters.bytes += bytes;
  };
}

function noCounts(): Counters {
  return {
    hits: 0,
    hitsFrom: {},
    misses: { absent: 0, expired: 0, outdated: 0, forgotten: 0, unreachable: 0, bypassed: 0 },
    joined: 0,
    retried: 0,
    loads: 0,
    failed: 0,
    refreshed: 0,
    servedExpired: 0,
    unstored: 0,
    entries: 0,
    bytes: 0,
    hitTimes: new Histogram(),
    loadTimes: new Histogram(),
  };
}
