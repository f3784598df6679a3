import type { Tag } from './authority.ts';
import type { Load, ReadOptions } from './read-options.ts';
import type { Counters } from './statistics.ts';

/** One read: of which key, how it is loaded, counted and invalidated by hand. */
export interface Asked<Value> {
  readonly key: string;
  readonly namespace: string;
  /** Tags by which it is invalidated by hand. */
  readonly implied: readonly Tag[];
  readonly load: Load<Value>;
  readonly options: ReadOptions<Value>;
  readonly counters: Counters;
}
