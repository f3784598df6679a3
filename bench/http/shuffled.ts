/** The same things in an order that looks random and is the same each time (Fisher and Yates; Park and Miller). */
export function shuffled<T>(things: readonly T[]): T[] {
  const order = [...things];
  let state = 1;
  for (let last = order.length - 1; last > 0; last--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (last + 1);
    // Both are places of the array.
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
