import type { Stored } from '../tier.ts';

/** A value as a cache gives it to a tier: fresh for an hour and kept for two. */
export function storedOf<Value>(value: Value, bytes = 100): Stored<Value> {
  const now = Date.now();
  return {
    value,
    token: { epoch: 'e', sequence: 7, tags: ['a:t:any', 'é:"\n'] },
    namespace: 'ns',
    storedAt: now,
    expires: now + 3_600_000,
    keptUntil: now + 7_200_000,
    bytes,
  };
}
