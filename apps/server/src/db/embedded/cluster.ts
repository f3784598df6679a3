import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterPlace } from './cluster-place.ts';
import { explainFailure } from './explain-failure.ts';
import { hasCode } from './has-code.ts';
import type { PostgresPrograms } from './postgres-programs.ts';
import { initialSettings } from './postgres-settings.ts';
import type { PostgresUser } from './postgres-user.ts';
import { runProgram } from './run-program.ts';
import { StartRefusal } from './start-refusal.ts';

/** Before the name of a cluster that is being made: what has this name is no database yet. */
const unfinished = 'postgres-new-';

/**
 * Whether there is a database in the place. Throws a StartRefusal when there is one of another major version
 * than `major`, and when there are files that are not a database's: Vif never overwrites either.
 */
export async function findCluster({ cluster }: ClusterPlace, major: number): Promise<boolean> {
  const names = await readdir(cluster).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  if (names.length === 0) return false;
  const text = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new StartRefusal(
      'database',
      `${cluster} has files in it but is no whole database: copy it back from a backup, or move it away to begin with an empty one.`,
    );
  }
  if (Number(text) !== major) {
    throw new StartRefusal(
      'database',
      `The database in ${cluster} is one of PostgreSQL ${text.trim()}, and this Vif comes with PostgreSQL ${major}: start the Vif that made it, or move the data over with pg_dump and psql.`,
    );
  }
  return true;
}

/**
 * Makes an empty cluster beside its place and renames it into it, so that one that a full disk or a power cut
 * left half made is never taken for a database.
 *
 * @param sync false: don't wait for the disk, for tests only
 */
export async function makeCluster(
  { folder, cluster }: ClusterPlace,
  programs: PostgresPrograms,
  user: PostgresUser,
  password: string,
  sync: boolean,
): Promise<void> {
  const draft = await mkdtemp(join(folder, unfinished));
  try {
    await giveTo(draft, user);
    const passwordFile = join(draft, 'password');
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    await giveTo(passwordFile, user);
    const made = join(draft, 'cluster');
    const { exitCode, output } = await runProgram(
      programs.initdb,
      initdbArguments(made, passwordFile, sync),
      user,
    );
    if (exitCode !== 0) throw explainFailure('PostgreSQL could not make its files', output, { password });
    await rename(made, cluster);
    if (sync) await syncFolder(folder);
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

function initdbArguments(made: string, passwordFile: string, sync: boolean): string[] {
  const settings = Object.entries(initialSettings).map(([name, value]) => `--set=${name}=${value}`);
  return [
    `--pgdata=${made}`,
    '--username=vif',
    `--pwfile=${passwordFile}`,
    // Also on the socket: whoever reaches it still needs the password.
    '--auth-local=scram-sha-256',
    '--auth-host=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8, so that no update of the system changes an order that indexes rely on. What
    // people read is sorted by an ICU collation, by name.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
    ...settings,
    ...(sync ? [] : ['--no-sync']),
  ];
}

/**
 * Removes what an earlier start left half made, and makes the files fit for PostgreSQL to start on: its own,
 * closed to others, as they no longer are when root copied them back from a backup.
 */
export async function tidyCluster({ folder, cluster }: ClusterPlace, user: PostgresUser): Promise<void> {
  for (const name of await readdir(folder)) {
    // The initdb of a Vif that was killed may still be writing to one; the next start tries again.
    if (name.startsWith(unfinished))
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
  const socket = join(folder, 'socket');
  await mkdir(socket, { recursive: true, mode: 0o700 });
  await giveTo(socket, user);
  const found = await stat(cluster).catch(() => undefined);
  if (found === undefined || process.platform === 'win32') return;
  if ((found.mode & 0o077) !== 0) await chmod(cluster, 0o700);
  if (user.differs && found.uid === 0) {
    await runProgram('chown', ['-R', `${user.uid}:${user.gid}`, cluster], { ...user, differs: false });
  }
}

async function giveTo(path: string, user: PostgresUser): Promise<void> {
  if (user.differs) await chown(path, user.uid, user.gid);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a folder, and NTFS keeps its own journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
