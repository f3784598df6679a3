import type { Tag } from '../authority.ts';
import { everything } from '../keys/names.ts';
import type { Counters } from '../statistics/statistics.ts';
import type { Load, ReadOptions } from './read-options.ts';

/** One read: of which key, how it is loaded, counted and invalidated by hand. */
export interface Asked<Value> {
  readonly key: string;
  readonly namespace: string;
  /** By which its namespace is invalidated. */
  readonly tag: Tag;
  readonly load: Load<Value>;
  readonly options: ReadOptions<Value>;
  readonly counters: Counters;
}

/** Tags by which it is invalidated by hand. Only who loads needs them. */
export function impliedBy({ tag, key }: { readonly tag: Tag; readonly key: string }): readonly Tag[] {
  return [everything, tag, key];
}

/** How many `impliedBy` gives; they stand behind all others. */
const implied = 3;

/** Of an outcome's tags those that its load and its options gave, without the ones by which it is invalidated by hand. */
export function dependencies(tags: readonly Tag[]): readonly Tag[] {
  return tags.slice(0, -implied);
}
