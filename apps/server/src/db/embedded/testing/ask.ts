import { Client, type ClientConfig } from 'pg';

/**
 * Runs one statement on a connection of its own.
 *
 * @example
 * await ask(connection, 'select 1 as one') // [{ one: 1 }]
 */
export async function ask(connection: ClientConfig, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client(connection);
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
