import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is true; throws after ten seconds (or `within` milliseconds). */
export async function until(
  what: string,
  answer: () => boolean | Promise<boolean>,
  within = 10_000,
): Promise<void> {
  for (const deadline = Date.now() + within; !(await answer()); await pause(20)) {
    if (Date.now() > deadline) throw new Error(`This did not come true within ${within} ms: ${what}`);
  }
}
