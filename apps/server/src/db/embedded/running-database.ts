import type { ClientConfig } from 'pg';
import { clusterPassword } from './cluster-password.ts';
import { clusterIn } from './cluster-place.ts';
import { ownerConnection } from './owner-connection.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { choosePostgresUser } from './postgres-user.ts';
import { findPostmaster } from './postmaster.ts';

/**
 * How the owner connects to the PostgreSQL that a running Vif has started on its data folder, for commands beside it;
 * undefined when none runs there.
 */
export async function findRunningDatabase(dataFolder: string): Promise<ClientConfig | undefined> {
  const cluster = clusterIn(dataFolder);
  const running = await findPostmaster(cluster, await choosePostgresUser(cluster));
  if (running === undefined || running.file.status !== 'ready') return undefined;
  const { socketFolder, port } = running.file;
  const address: PostgresAddress =
    socketFolder === '' ? { kind: 'tcp', port } : { kind: 'socket', folder: socketFolder, port };
  return ownerConnection(address, await clusterPassword(dataFolder, true));
}
