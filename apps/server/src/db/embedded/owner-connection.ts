import { Client, type ClientConfig } from 'pg';
import { hasCode } from './has-code.ts';
import { hostAndPort, type PostgresAddress } from './postgres-address.ts';
import { StartRefusal } from './start-refusal.ts';

/** How the database's owner connects. */
export function ownerConnection(address: PostgresAddress, password: string, database = 'vif'): ClientConfig {
  return { ...hostAndPort(address), user: 'vif', password, database };
}

/** The version of the server that answers there, such as 18.4; undefined when none does, or not to us. */
export async function versionAnswering(
  address: PostgresAddress,
  password: string,
): Promise<string | undefined> {
  try {
    return await withClient(ownerConnection(address, password, 'postgres'), async (client) => {
      const { rows } = await client.query<{ server_version: string }>('show server_version');
      return rows[0]?.server_version;
    });
  } catch {
    return undefined;
  }
}

/** Makes the database `vif` unless it is there. Throws a StartRefusal when the password is not the cluster's. */
export async function ensureDatabase(address: PostgresAddress, password: string): Promise<void> {
  try {
    await withClient(ownerConnection(address, password, 'postgres'), async (client) => {
      const { rowCount } = await client.query("select from pg_database where datname = 'vif'");
      if (rowCount === 0) await client.query('create database vif');
    });
  } catch (error) {
    if (!hasCode(error, '28P01')) throw error;
    throw new StartRefusal(
      'database',
      'The database does not take the password in the file postgres-password of the data folder: copy the file and the database back from the same backup.',
      error,
    );
  }
}

async function withClient<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...config, connectionTimeoutMillis: 5_000 });
  // A connection that breaks after its query would otherwise end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
