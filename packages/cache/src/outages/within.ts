/** Something did not answer in time. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** What a timer can wait for, in milliseconds (24 days); one that is told to wait longer rings at once. */
export const longestTimer = 2 ** 31 - 1;

/**
 * What a promise gives, if it does within a time; what it does later is nobody's.
 * @param what for the error's sentence
 * @param time milliseconds
 * @throws {NoAnswer} after the time
 */
export async function within<T>(promise: Promise<T>, what: string, time: number): Promise<T> {
  if (time > longestTimer) return promise;
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(`The ${what} did not answer within ${time} ms.`)), time);
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
