/**
 * One at random.
 * @param preference the more, the more often it is one of the first; 1 prefers none
 */
export function anyOf<T>(some: readonly T[], preference = 1): T {
  const one = some[Math.floor(Math.random() ** preference * some.length)];
  if (one === undefined) throw new Error('There is nothing to choose from');
  return one;
}
