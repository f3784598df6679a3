/** A load took longer than its reader would wait. It goes on, and what it gives is stored. */
export class LoadTimeout extends Error {
  override readonly name = 'LoadTimeout';

  constructor(key: string, waited: number) {
    super(
      `${key} was not loaded within ${waited} ms. It is still being loaded: ask again, or wait longer (hardTimeout).`,
    );
  }
}

export interface Patience {
  readonly key: string;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds until `late` is given. */
  readonly soft: number;
  /** Milliseconds until LoadTimeout is thrown. */
  readonly hard: number;
}

/** Given when it took longer than soft patience. */
export const late = Symbol('late');

/**
 * Waits for a promise that does not reject, and no longer than a reader will.
 * @throws {LoadTimeout} after the hard time
 * @throws the signal's reason when it is aborted
 */
export async function waitFor<T>(promise: Promise<T>, patience: Patience): Promise<T | typeof late> {
  const { key, signal, soft, hard } = patience;
  if (soft <= 0) return late;
  if (!signal && soft === Infinity && hard === Infinity) return promise;
  signal?.throwIfAborted();
  const { promise: ended, resolve, reject } = Promise.withResolvers<typeof late>();
  const timers = [
    soft < hard && setTimeout(() => resolve(late), soft),
    hard < Infinity && setTimeout(() => reject(new LoadTimeout(key, hard)), hard),
  ];
  const abort = () => reject(asError(signal?.reason));
  signal?.addEventListener('abort', abort);
  try {
    return await Promise.race([promise, ended]);
  } finally {
    for (const timer of timers) if (timer) clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('Aborted.', { cause: reason });
}
