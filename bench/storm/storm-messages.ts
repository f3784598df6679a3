/** What a process of the storm works on. */
export interface StormTask {
  /** Of the Redis that is the truth, and that nobody disturbs. */
  readonly truthPort: number;
  /** Of the Redis that the cache lies in. */
  readonly cachePort: number;
  readonly rows: number;
  readonly readers: number;
  readonly writers: number;
}

/** What a process did in a tenth of a second. */
export interface StormCounts {
  reads: number;
  hits: number;
  stale: number;
  /** Reads that threw. */
  errors: number;
  writes: number;
}

export const noCounts = (): StormCounts => ({ reads: 0, hits: 0, stale: 0, errors: 0, writes: 0 });
