/** Something did not answer in time. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * What a promise gives, if it does within a time; what it does later is nobody's.
 * @param what for the error's sentence
 * @param time milliseconds
 * @throws {NoAnswer} after the time
 */
export async function within<T>(promise: Promise<T>, what: string, time: number): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(`The ${what} did not answer within ${time} ms.`)), time);
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
