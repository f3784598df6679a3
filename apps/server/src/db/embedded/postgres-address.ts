import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Where PostgreSQL listens: a socket in the data folder, or a port of 127.0.0.1. */
export type PostgresAddress =
  | { readonly kind: 'socket'; readonly folder: string; readonly port: number }
  | { readonly kind: 'tcp'; readonly port: number };

/** Only part of the socket's file name: nothing listens on this port. */
const socketPort = 5432;

/**
 * The kernel's limit for a socket's whole path is 107 bytes on Linux and 103 on macOS; PostgreSQL's own file
 * name `.s.PGSQL.5432` is part of it.
 */
const longestPath = 100;

/** Chooses the address for a cluster whose place is `place`: a socket where its path is short enough. */
export async function chooseAddress(place: string): Promise<PostgresAddress> {
  const folder = join(place, 'socket');
  const path = join(folder, `.s.PGSQL.${socketPort}`);
  if (process.platform !== 'win32' && Buffer.byteLength(path) <= longestPath) {
    return { kind: 'socket', folder, port: socketPort };
  }
  return chooseTcpAddress();
}

/** A port of 127.0.0.1 that is free now. */
export async function chooseTcpAddress(): Promise<PostgresAddress> {
  return { kind: 'tcp', port: await freePort() };
}

/** The part of a pg client's configuration that says where. */
export function hostAndPort(address: PostgresAddress): { host: string; port: number } {
  return { host: address.kind === 'socket' ? address.folder : '127.0.0.1', port: address.port };
}

/** Another program may take the port before PostgreSQL does; the start then fails and is tried with another. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port.');
  return address.port;
}
