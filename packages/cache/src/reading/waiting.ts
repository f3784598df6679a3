import { longestTimer } from '../outages/within.ts';
import { LoadTimeout } from './load-timeout.ts';

export interface Patience {
  readonly key: string;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds until `late` is given. */
  readonly soft: number;
  /** Milliseconds until LoadTimeout is thrown. */
  readonly hard: number;
  /** Of these, those that are over; 0 unless given. */
  readonly waited?: number;
}

/** Given when it took longer than soft patience. */
export const late = Symbol('late');

/**
 * Waits for a promise that does not reject, and no longer than a reader will.
 * @throws {LoadTimeout} after the hard time
 * @throws the signal's reason when it is aborted
 */
export async function waitFor<T>(promise: Promise<T>, patience: Patience): Promise<T | typeof late> {
  const { key, signal, soft, hard, waited = 0 } = patience;
  if (soft <= 0) return late;
  signal?.throwIfAborted();
  if (!signal && soft > longestTimer && hard > longestTimer) return promise;
  const { promise: ended, resolve, reject } = Promise.withResolvers<typeof late>();
  const timers = [
    soft < hard && soft <= longestTimer && setTimeout(() => resolve(late), soft),
    hard <= longestTimer && setTimeout(() => reject(new LoadTimeout(key, hard)), hard - waited),
  ];
  const abort = () => resolve(late);
  signal?.addEventListener('abort', abort);
  try {
    const first = await Promise.race([promise, ended]);
    if (first === late) signal?.throwIfAborted();
    return first;
  } finally {
    for (const timer of timers) if (timer) clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
