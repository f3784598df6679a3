import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readFile,
  readlink,
  realpath,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from './has-code.ts';
import type { PostgresUser } from './postgres-user.ts';
import { runProgram } from './run-program.ts';
import { StartRefusal } from './start-refusal.ts';

/** Where the database's files are. */
export interface ClusterPlace {
  /** Holds the cluster, the socket's folder and half-made clusters: the data folder, or a place of its own. */
  readonly folder: string;
  readonly cluster: string;
}

/** In a place of its own: which data folder it belongs to. */
const ownerFile = 'data-folder';

/** The name of the cluster in the data folder: the folder itself, or a link to it. */
export function clusterIn(dataFolder: string): string {
  return join(dataFolder, 'postgres');
}

/**
 * Finds or makes the place of the cluster: the data folder wherever the user who runs PostgreSQL can enter
 * it. Below a folder closed to that user (root's home, say) it is a folder of its own in `ownPlaces`, and the
 * data folder has a link to it. The name there is random rather than made of the data folder's path: whoever
 * deletes the data folder to begin anew does not meet the old database again.
 *
 * @param say is told when the files are not in the data folder
 */
export async function preparePlace(
  dataFolder: string,
  user: PostgresUser,
  ownPlaces: string,
  say: (sentence: string) => void,
): Promise<ClusterPlace> {
  const cluster = clusterIn(dataFolder);
  const linked = await linkTarget(cluster);
  if (linked !== undefined) return linkedPlace(dataFolder, linked);
  if (!user.differs) return { folder: dataFolder, cluster };

  await letPass(dataFolder, user);
  if (await canEnter(dataFolder, user)) return { folder: dataFolder, cluster };
  if (await exists(cluster)) {
    throw new StartRefusal(
      'database',
      `Vif runs as root and the database as user ${user.name}, who cannot enter ${dataFolder}: open the folders above it to that user (chmod o+x), or run Vif as an ordinary user.`,
    );
  }
  const place = await makeOwnPlace(dataFolder, user, ownPlaces);
  await symlink(place.cluster, cluster);
  say(
    `User ${user.name}, who runs the database, cannot enter ${dataFolder}: the database's files are in ${place.cluster}, and ${cluster} links to them.`,
  );
  return place;
}

/** Whether the user can work in the folder; asked of the system, which knows about all that may forbid it. */
async function canEnter(folder: string, user: PostgresUser): Promise<boolean> {
  return (await runProgram('/bin/sh', ['-c', 'cd -- "$0"', folder], user)).exitCode === 0;
}

/** Lets the user pass through a data folder of root's to what is the user's own, and see nothing on the way. */
async function letPass(folder: string, user: PostgresUser): Promise<void> {
  if ((await stat(folder)).uid !== 0) return;
  await chown(folder, 0, user.gid);
  await chmod(folder, 0o710);
}

async function makeOwnPlace(
  dataFolder: string,
  user: PostgresUser,
  ownPlaces: string,
): Promise<ClusterPlace> {
  const folder = join(ownPlaces, randomBytes(6).toString('hex'));
  try {
    await mkdir(ownPlaces, { recursive: true, mode: 0o711 });
    await mkdir(folder, { mode: 0o710 });
    await letPass(folder, user);
    await writeFile(join(folder, ownerFile), await realpath(dataFolder), { mode: 0o600 });
    if (await canEnter(folder, user)) return { folder, cluster: join(folder, 'postgres') };
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR')) throw error;
  }
  throw new StartRefusal(
    'database',
    `Vif runs as root and the database as user ${user.name}, who can enter neither ${dataFolder} nor ${ownPlaces}: set VIF_DATA to a folder outside of closed ones, such as /var/lib/vif-data, or run Vif as an ordinary user.`,
  );
}

/** The data folder has a link: ours to a place of its own, or the administrator's to another disk. */
async function linkedPlace(dataFolder: string, target: string): Promise<ClusterPlace> {
  const folder = dirname(target);
  const owner = await readFile(join(folder, ownerFile), 'utf8').catch(() => undefined);
  if (owner === undefined) {
    if (await exists(target)) return { folder: dataFolder, cluster: target };
    throw new StartRefusal(
      'database',
      `${clusterIn(dataFolder)} links to ${target}, which is not there: bring it back (is its disk mounted?), or remove the link to begin with an empty database.`,
    );
  }
  const here = await realpath(dataFolder);
  if (owner !== here && (await linkTarget(clusterIn(owner))) === target) {
    throw new StartRefusal(
      'database',
      `${dataFolder} is a copy of ${owner}, and its database is still the one of ${owner} (${target}): remove the link ${clusterIn(dataFolder)} and copy the database's files there.`,
    );
  }
  // The data folder was moved, and its link with it.
  if (owner !== here) await writeFile(join(folder, ownerFile), here, { mode: 0o600 });
  return { folder, cluster: target };
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
