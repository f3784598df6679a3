/** What became of the reads of one cache in one scenario. */
export interface Tally {
  /** Reads that were held against the database. */
  checked: number;
  /** Those that got something older than a write acknowledged before they began, or never committed, or another key's. */
  stale: number;
  /** Reads that got an error instead of a value. */
  failed: number;
}

export function emptyTally(): Tally {
  return { checked: 0, stale: 0, failed: 0 };
}
