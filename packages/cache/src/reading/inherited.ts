import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tag } from '../authority.ts';
import type { Gathered } from './loaded.ts';

const loading = new AsyncLocalStorage<Gathered>();

/** Runs a load. What it takes from a cache meanwhile, this one or another, becomes part of what it gives. */
export function inheriting<Result>(gathered: Gathered, load: () => Result): Result {
  return loading.run(gathered, load);
}

/**
 * Notes that the load which this code is part of, if it is, was given a value that depends on these tags.
 * @param ttl how long that may still be used, in milliseconds
 * @param refused why what it depends on is not known
 */
export function inherit(tags: readonly Tag[], ttl: number, refused: string | undefined): void {
  const gathered = loading.getStore();
  if (!gathered) return;
  for (const tag of tags) gathered.tags.push(tag);
  gathered.longest = Math.min(gathered.longest, Math.max(0, ttl));
  gathered.refused ??= refused;
}
