import { setImmediate as turn } from 'node:timers/promises';

/** Waits until the clock shows another time, for caches that go by it. */
export async function tick(): Promise<void> {
  const start = Date.now();
  while (Date.now() - start < 2) await turn();
}
