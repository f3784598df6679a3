import type { Awaitable } from '@vif/cache';

/** Whether an authority took what it was told. That it is away is for whoever keeps it to say. */
export async function told(what: () => Awaitable<unknown>): Promise<boolean> {
  try {
    await what();
    return true;
  } catch {
    return false;
  }
}
