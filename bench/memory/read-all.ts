import type { Client } from '../vif/client.ts';
import { distinctRead } from './distinct-reads.ts';

/** At once, as many browsers would. */
export const connections = 50;

/**
 * Makes the first `reads` distinct reads.
 * @param answered called at each answer
 * @throws {Error} at the first answer that is not 200
 */
export async function readAll(
  client: Client,
  reads: number,
  answered: () => void,
  signal: AbortSignal,
): Promise<void> {
  let next = 0;
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const readOn = async () => {
    while (next < reads && !stop.aborted) {
      const address = distinctRead(next++);
      const { status, body } = await client.ask(address);
      if (status !== 200) throw new Error(`${address} was answered ${status}: ${body.toString()}`);
      answered();
    }
  };
  await Promise.all(Array.from({ length: connections }, readOn)).catch((error: unknown) => {
    failed.abort();
    throw error;
  });
  signal.throwIfAborted();
}
