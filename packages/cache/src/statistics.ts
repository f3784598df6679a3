/** Why a read was no hit. `unreachable`: the authority could not be asked, so nothing held could be believed. */
export type MissReason = 'absent' | 'expired' | 'outdated' | 'forgotten' | 'unreachable';

/** What happened in one namespace since the process began, and what it holds now. */
export interface Counters {
  hits: number;
  /** Reads that were no hit, by why. */
  readonly misses: Record<MissReason, number>;
  /** Of the misses, those that took the value of another's load. */
  joined: number;
  /** Loads whose value could not be stored, because something they read was written meanwhile. */
  unstored: number;
  entries: number;
  /** Bytes held. */
  bytes: number;
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

  /** Counts what a tier holds; give it to the tier as `onChange`. */
  readonly holds = (namespace: string, entries: number, bytes: number): void => {
    const counters = this.of(namespace);
    counters.entries += entries;
    counters.bytes += bytes;
  };
}

function noCounts(): Counters {
  return {
    hits: 0,
    misses: { absent: 0, expired: 0, outdated: 0, forgotten: 0, unreachable: 0 },
    joined: 0,
    unstored: 0,
    entries: 0,
    bytes: 0,
  };
}
