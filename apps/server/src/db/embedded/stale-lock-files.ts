import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresAddress } from './postgres-address.ts';

/**
 * Removes the lock files and the socket of a server that is gone. PostgreSQL refuses to start when a process
 * has the number in one of them, be it another program by now, or its own predecessor, dead and not yet buried
 * (where Vif is process 1 of a container it never is). The caller knows better: it has looked (`findPostmaster`)
 * and nobody serves this cluster. Children of a killed server PostgreSQL finds by their shared memory, whose
 * key comes from the cluster's inode, without these files.
 */
export async function removeStaleLockFiles(cluster: string, address: PostgresAddress): Promise<void> {
  const files = [join(cluster, 'postmaster.pid')];
  if (address.kind === 'socket') {
    const socket = join(address.folder, `.s.PGSQL.${address.port}`);
    files.push(socket, `${socket}.lock`);
  }
  for (const file of files) await rm(file, { force: true });
}
