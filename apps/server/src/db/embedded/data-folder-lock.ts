import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockFileOf, openDataFolder } from './data-folder.ts';
import { type FileLock, takeLock } from './file-lock.ts';
import { removeRunningServer } from './running-server.ts';
import { StartRefusal } from './start-refusal.ts';

/** While it is held, no other Vif uses the data folder. */
export interface DataFolderLock {
  /** Gives the folder back. Calling it again does nothing. A killed process gives it back as well. */
  release(): Promise<void>;
}

/** Milliseconds: a Vif that is just ending may finish, and a command that looks who is there takes 1. */
const patience = 500;

/**
 * Takes the data folder for this process, making it when it isn't there. Also with DATABASE_URL set: two Vifs
 * must not share the folder either way. Throws a StartRefusal that names the process that has it.
 *
 * @example
 * const lock = await lockDataFolder('./data');
 * await lock.release();
 */
export async function lockDataFolder(dataFolder: string): Promise<DataFolderLock> {
  const folder = resolve(dataFolder);
  await openDataFolder(folder);
  const lock = await takeOrRefuse(folder);
  await removeRunningServer(folder);
  await writeFile(holderFileOf(folder), `${process.pid}\n`, { mode: 0o600 });

  return {
    async release() {
      if (!lock.held) return;
      await removeRunningServer(folder);
      await rm(holderFileOf(folder), { force: true });
      lock.release();
    },
  };
}

/** Who has the lock, for the sentence only; the lock itself doesn't look at it. */
function holderFileOf(folder: string): string {
  return join(folder, 'vif.pid');
}

async function takeOrRefuse(folder: string): Promise<FileLock> {
  for (const deadline = Date.now() + patience; ; await pause(25)) {
    const lock = await takeNow(lockFileOf(folder));
    if (lock !== undefined) return lock;
    if (Date.now() < deadline) continue;
    const pid = await readFile(holderFileOf(folder), 'utf8').catch(() => '');
    const who = pid === '' ? 'Another Vif' : `Another Vif (process ${pid.trim()})`;
    throw new StartRefusal(
      'data-folder-in-use',
      `${who} uses the data folder ${folder}: stop that one first, or set VIF_DATA to another folder for a second Vif.`,
    );
  }
}

async function takeNow(file: string): Promise<FileLock | undefined> {
  try {
    return await takeLock(file);
  } catch (error) {
    throw new StartRefusal(
      'data-folder',
      `The file ${file} cannot be locked: see that the user that runs Vif owns it, and that the data folder is on a disk that knows locks.`,
      error,
    );
  }
}
