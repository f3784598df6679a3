/** Numbers from 0 up to 1 that look random and are the same at each run (Park and Miller). */
export type Random = () => number;

/** @param seed a whole number from 1 */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** One of several things, each as likely as its weight. */
export function pick<T>(random: Random, weighed: readonly (readonly [weight: number, thing: T])[]): T {
  const total = weighed.reduce((sum, [weight]) => sum + weight, 0);
  let left = random() * total;
  for (const [weight, thing] of weighed) {
    left -= weight;
    if (left < 0) return thing;
  }
  throw new RangeError('There is nothing to pick from.');
}
