import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isConnectionFault } from './connection-faults.ts';

/** Milliseconds between two tries, doubled from the first to the longest. */
const backOff = { first: 250, longest: 15_000 } as const;

/**
 * Opens a connection of the owner, trying again with growing pauses while the server cannot be reached.
 *
 * @param say told once per reason, not once per try
 * @throws {Error} at once when trying again cannot help: wrong password, no such database, a server older than 15
 */
export async function reachServer(
  connection: pg.ClientConfig,
  say: (sentence: string) => void,
  signal?: AbortSignal,
): Promise<pg.Client> {
  let said = '';
  for (let wait: number = backOff.first; ; wait = Math.min(wait * 2, backOff.longest)) {
    const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
    client.on('error', () => undefined); // the statement under way fails and says so
    try {
      await client.connect();
      await requireVersion(client);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isConnectionFault(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== said) say(`The database cannot be reached (${reason}). Vif keeps trying.`);
      said = reason;
    }
    await pause(wait, undefined, signal ? { signal } : {});
  }
}

async function requireVersion(client: pg.Client) {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const version = rows[0]?.version ?? 0;
  if (version < 150_000)
    throw new Error(`Vif needs PostgreSQL 15 or newer; this one is ${Math.floor(version / 10_000)}.`);
}
