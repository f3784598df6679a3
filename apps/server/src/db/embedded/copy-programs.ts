import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasCode } from './has-code.ts';
import { type PostgresPrograms, programsIn } from './postgres-programs.ts';
import { StartRefusal } from './start-refusal.ts';

/**
 * Copies the programs (60 MB, 1,100 files) to a folder in `ownPlaces` with their version in its name, once: a
 * copy that is there and whole is taken as it is. It is made beside and renamed into place, so that nobody
 * ever runs half of one.
 */
export async function copyPrograms(
  installed: PostgresPrograms,
  ownPlaces: string,
): Promise<PostgresPrograms> {
  const folder = join(ownPlaces, `postgresql-${installed.packageVersion}-${process.arch}`);
  const copy = programsIn(folder, installed.packageVersion);
  try {
    await mkdir(ownPlaces, { recursive: true, mode: 0o711 });
    const wanted = await listing(installed.folder);
    if ((await listing(folder)) === wanted) return copy;

    const draft = `${folder}.new-${randomBytes(4).toString('hex')}`;
    try {
      await removeDrafts(folder);
      await cp(installed.folder, draft, { recursive: true, verbatimSymlinks: true });
      await chmod(draft, 0o755);
      if ((await listing(draft)) !== wanted) throw new Error(`The copy ${draft} is not whole.`);
      // Gone only now, when its successor is whole; a server that runs from it keeps its open files.
      await rm(folder, { recursive: true, force: true });
      await rename(draft, folder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return copy;
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR')) throw error;
    throw new StartRefusal(
      'database',
      `PostgreSQL's programs in ${installed.folder} lie below a folder that is closed to the user of the database, and they cannot be copied to ${ownPlaces} (${error instanceof Error ? error.message : ''}): put Vif into a folder that others may enter, such as /opt/vif, or run it as an ordinary user.`,
      error,
    );
  }
}

/** Each file with its size: equal for a whole copy, at the price of 1,100 lstat calls. */
async function listing(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const lines = await Promise.all(
    entries
      .filter((entry) => !entry.isDirectory())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return `${path.slice(folder.length)} ${(await lstat(path)).size}`;
      }),
  );
  return lines.sort().join('\n');
}

async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}.new-`)) {
      await rm(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
}
