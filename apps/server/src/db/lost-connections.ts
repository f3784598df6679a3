import type { Pool } from 'pg';

/**
 * Keeps a connection that the server closes from ending the process. The pool listens to idle connections only; one
 * that is in use and between two statements would raise its error to nobody. The statement that comes next fails and
 * says so.
 */
export function surviveLostConnections(pool: Pool, onIdleLost: (this: void, error: Error) => void): void {
  pool.on('error', onIdleLost);
  pool.on('connect', (client) => void client.on('error', () => undefined));
}
