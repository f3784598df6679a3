import { once } from 'node:events';
import { join } from 'node:path';
import { type Child, startChild } from '../vif/child.ts';
import type { Exchange } from '../vif/exchange.ts';

export interface BareServer extends AsyncDisposable {
  readonly origin: string;
}

/** Starts a Fastify that does nothing but give these answers. */
export async function startBare(exchanges: readonly Exchange[], signal: AbortSignal): Promise<BareServer> {
  const child: Child = startChild(process.execPath, [join(import.meta.dirname, 'bare-server.ts')], {
    channel: true,
  });
  try {
    child.process.send(exchanges);
    const [origin] = (await Promise.race([
      once(child.process, 'message', { signal }),
      child.ends(signal).then(() => [undefined]),
    ])) as [string | undefined]; // bare-server.ts sends nothing else
    if (origin === undefined) throw new Error('The bare server ended before it listened.');
    return { origin, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}
