/** Which keys were asked for, in order, and the cache that they are to be asked of. */
export interface Trace {
  readonly name: string;
  /** Where it comes from, in a few words. */
  readonly about: string;
  /** How many entries the caches hold. */
  readonly size: number;
  readonly keys: readonly string[];
}
