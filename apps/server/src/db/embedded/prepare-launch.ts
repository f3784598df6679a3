import { findCluster, makeCluster, tidyCluster } from './cluster.ts';
import { clusterPassword } from './cluster-password.ts';
import { clusterIn, preparePlace } from './cluster-place.ts';
import { openDataFolder } from './data-folder.ts';
import type { EmbeddedPostgresOptions } from './embedded-postgres.ts';
import type { Launch } from './launch-postgres.ts';
import { chooseAddress } from './postgres-address.ts';
import { logFileOf } from './postgres-log.ts';
import { findInstalledPrograms } from './postgres-programs.ts';
import { choosePostgresUser } from './postgres-user.ts';
import { usablePrograms } from './usable-programs.ts';

/** Where root's places of their own are, unless a test says otherwise. */
const defaultOwnPlaces = '/var/lib/vif';

/**
 * Makes everything that a start needs and that isn't there yet: the folder, the programs, the files of the
 * database. Nothing of it is started.
 */
export async function prepareLaunch(
  options: EmbeddedPostgresOptions,
): Promise<{ launch: Launch; version: string }> {
  const { dataFolder, say, settings = {}, ownPlaces = defaultOwnPlaces } = options;
  await openDataFolder(dataFolder);
  const user = await choosePostgresUser(clusterIn(dataFolder));
  if (user.differs) {
    say(`Vif runs as root, which PostgreSQL refuses to: the database runs as user ${user.name}.`);
  }
  const place = await preparePlace(dataFolder, user, ownPlaces, say);
  const installed = await findInstalledPrograms();
  const { programs, version, major } = await usablePrograms(installed, user, ownPlaces, say);
  const exists = await findCluster(place, major);
  const password = await clusterPassword(dataFolder, exists);
  await tidyCluster(place, user);
  if (!exists) await makeCluster(place, programs, user, password, settings.fsync !== 'off');
  const address = await chooseAddress(place.folder);
  const logFile = logFileOf(dataFolder);
  return {
    launch: { programs, user, cluster: place.cluster, address, logFile, settings, password },
    version,
  };
}
