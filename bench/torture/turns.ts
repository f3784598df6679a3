import { setImmediate as turn } from 'node:timers/promises';

/**
 * Lets everything happen that needs no more than some turns of the event loop.
 * @param ask something of Redis: then messages on their way arrive as well
 */
export async function turns(ask?: () => Promise<unknown>): Promise<void> {
  for (let left = 20; left > 0; left--) {
    await turn();
    await ask?.();
  }
}
