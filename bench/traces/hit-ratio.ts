import type { MakePolicy } from './policy.ts';
import type { Trace } from './trace.ts';

/** What part of a trace's keys a cache held when they were asked for, from 0 to 1. What it did not hold it takes in. */
export function hitRatio({ keys, size }: Trace, make: MakePolicy): number {
  const policy = make(size);
  let hits = 0;
  for (const key of keys) {
    if (policy.use(key)) hits++;
    else policy.add(key);
  }
  return hits / keys.length;
}
