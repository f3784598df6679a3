import type { Random } from './random.ts';

/**
 * Chooses things as people choose records: the first most often, the second half as often, the third a third as often
 * and so on (Zipf's law).
 */
export function zipf<T>(things: readonly T[]): (random: Random) => T {
  let sum = 0;
  const sums = Float64Array.from(things, (_, at) => (sum += 1 / (at + 1)));
  return (random) => {
    const wanted = random() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      // A place between two others of the array.
      if ((sums[middle] as number) <= wanted) low = middle + 1;
      else high = middle;
    }
    const thing = things[low];
    if (thing === undefined) throw new RangeError('There is nothing to choose from.');
    return thing;
  };
}
