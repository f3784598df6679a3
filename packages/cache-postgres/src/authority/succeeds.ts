import type { Awaitable } from '@vif/cache';

/** Whether a call of an authority's ended without an error. That it is away is for whoever keeps it to say. */
export async function succeeds(call: () => Awaitable<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch {
    return false;
  }
}
