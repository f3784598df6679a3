import { createServer } from 'node:net';
import type { Environment } from '../environment.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
  /** What people type, and what links are made of. */
  readonly url: string;
  /** How a program on this machine reaches Vif, past any proxy. */
  readonly local: string;
}

/** Where to listen and what to print; port 0 becomes a free one. */
export async function chooseAddress({ host, port, url }: Environment): Promise<Address> {
  const chosen = port === 0 ? await freePort(host) : port;
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host;
  const local = `http://${name.includes(':') ? `[${name}]` : name}:${chosen}`;
  return { host, port: chosen, url: url ?? local, local };
}

function freePort(host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once('error', reject);
  server.listen(0, host, () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}
