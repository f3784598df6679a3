import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterIn } from './cluster-place.ts';
import { lockFileOf } from './data-folder.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { type EmbeddedPostgres, startEmbedded } from './embedded-postgres.ts';
import { isLocked } from './file-lock.ts';
import { findInstalledPrograms } from './postgres-programs.ts';
import { unsafeTestSettings } from './postgres-settings.ts';
import { choosePostgresUser } from './postgres-user.ts';
import { stopPostgres } from './stop-postgres.ts';

const prefix = 'vif-test-server-';

/**
 * Starts one PostgreSQL for a whole run of the test suite, in a new temporary folder and with settings that
 * are fast because they forget everything in a power cut. `stop` removes the folder as well; what a killed
 * run left behind is removed by the next one.
 *
 * @example
 * const server = await startSharedTestServer();
 * project.provide('postgres', server.connection);
 * return () => server.stop();
 */
export async function startSharedTestServer(): Promise<EmbeddedPostgres> {
  await removeLeftovers();
  const dataFolder = await mkdtemp(join(tmpdir(), prefix));
  const lock = await lockDataFolder(dataFolder);
  const remove = async () => {
    await lock.release();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const server = await startEmbedded({ dataFolder, say: () => {}, settings: unsafeTestSettings });
    return { connection: server.connection, stop: () => server.stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const dataFolder = join(tmpdir(), name);
    const cluster = clusterIn(dataFolder);
    // A run that began this instant has its folder and not its lock yet: it has no cluster either.
    const left = await lstat(cluster).catch(() => undefined);
    if (left === undefined || isLocked(lockFileOf(dataFolder))) continue;
    // Another user's can be neither read nor stopped, and is theirs to remove.
    const programs = await findInstalledPrograms();
    const user = await choosePostgresUser(cluster);
    await stopPostgres({ programs, user, cluster })
      .then(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 3 }))
      .catch(() => {});
  }
}
