import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tag } from '../authority.ts';
import type { Said } from './loaded.ts';

const loading = new AsyncLocalStorage<Said>();

/** Runs a load. What it takes from a cache meanwhile, this one or another, becomes part of what it gives. */
export function heir<Result>(said: Said, load: () => Result): Result {
  return loading.run(said, load);
}

/**
 * Notes that the load which this code is part of, if it is, was given a value that depends on these tags.
 * @param ttl how long that may still be used, in milliseconds
 * @param refused why what it depends on is not known
 */
export function inherit(tags: readonly Tag[], ttl: number, refused: string | undefined): void {
  const said = loading.getStore();
  if (!said) return;
  for (const tag of tags) said.tags.push(tag);
  said.longest = Math.min(said.longest, Math.max(0, ttl));
  said.refused ??= refused;
}
