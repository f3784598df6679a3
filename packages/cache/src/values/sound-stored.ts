import type { Token } from '../authority.ts';
import type { Stored } from '../tier.ts';

/**
 * Whether what was read is an entry, in every part that the cache counts or compares by. A sum tells accidents; whoever may
 * write to a store may write anything, and what it takes decides how much memory holds.
 */
export function isSound(read: Record<keyof Stored<unknown>, unknown>): read is Stored<unknown> {
  const { token, namespace, storedAt, expires, keptUntil, bytes } = read;
  return (
    isToken(token) &&
    typeof namespace === 'string' &&
    typeof bytes === 'number' &&
    bytes >= 0 &&
    [storedAt, expires, keptUntil].every((time) => typeof time === 'number' && !Number.isNaN(time))
  );
}

function isToken(token: unknown): token is Token {
  if (typeof token !== 'object' || token === null) return false;
  const { epoch, sequence, tags }: Partial<Record<keyof Token, unknown>> = token;
  return (
    typeof epoch === 'string' &&
    typeof sequence === 'number' &&
    Array.isArray(tags) &&
    tags.every((tag) => typeof tag === 'string')
  );
}
