import { access, chmod, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from './has-code.ts';
import { StartRefusal } from './start-refusal.ts';

/** The file that Vif's lock is on. It is never removed: somebody may be waiting for it. */
export function lockFileOf(dataFolder: string): string {
  return join(dataFolder, 'vif.lock');
}

/** One of these tells a data folder of Vif's from any other folder; they are the first that are made. */
const ours = new Set(['vif.lock', 'postgres', 'postgres-password']);

/** What a folder may hold that nobody put there to keep, such as a new disk's lost+found. */
const unnoticed = /^\.|^lost\+found$/;

/**
 * Makes the data folder if it isn't there and keeps other people out of it (mode 0700; as root 0710, so that
 * the user PostgreSQL runs as can pass through to its own files without seeing what else is there).
 * Throws a StartRefusal for a folder that can't be made or written, and for one with other people's files in
 * it: a mistyped VIF_DATA=/tmp must not change the mode of /tmp.
 */
export async function openDataFolder(dataFolder: string): Promise<void> {
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    await access(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
    const names = await readdir(dataFolder);
    if (names.some((name) => !unnoticed.test(name)) && !names.some((name) => ours.has(name))) {
      throw new StartRefusal(
        'data-folder',
        `${dataFolder} has files in it that are not Vif's: set VIF_DATA to a folder that is empty or doesn't exist yet.`,
      );
    }
    const { mode } = await stat(dataFolder);
    if (process.platform !== 'win32' && (mode & 0o067) !== 0) await chmod(dataFolder, 0o700);
  } catch (error) {
    if (error instanceof StartRefusal) throw error;
    throw new StartRefusal('data-folder', sentenceFor(error, dataFolder), error);
  }
}

function sentenceFor(error: unknown, dataFolder: string): string {
  if (hasCode(error, 'EACCES', 'EPERM', 'EROFS')) {
    return `Vif may not write to its data folder ${dataFolder}: give it to the user that runs Vif (chown), or set VIF_DATA to another folder.`;
  }
  if (hasCode(error, 'ENOTDIR', 'EEXIST')) {
    return `The data folder ${dataFolder} is a file, or lies below one: set VIF_DATA to a folder.`;
  }
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) {
    return `There is no space left for the data folder in ${dirname(dataFolder)}: free some and start Vif again.`;
  }
  return `The data folder ${dataFolder} cannot be used (${error instanceof Error ? error.message : String(error)}).`;
}
