import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { lockFileOf } from './data-folder.ts';
import { isLocked } from './file-lock.ts';
import { hasCode } from './has-code.ts';

/** How a command on this machine reaches the Vif that runs. */
const runningServer = z.object({
  pid: z.int().positive(),
  /** Such as http://127.0.0.1:3000. */
  address: z.url(),
});

export type RunningServer = z.infer<typeof runningServer>;

function fileOf(dataFolder: string): string {
  return join(dataFolder, 'server.json');
}

/** Says, in a file that only this user can read, how to reach the server. The caller holds the folder's lock. */
export async function writeRunningServer(dataFolder: string, server: RunningServer): Promise<void> {
  const file = fileOf(dataFolder);
  await rm(`${file}.new`, { force: true });
  await writeFile(`${file}.new`, JSON.stringify(server), { mode: 0o600, flag: 'wx' });
  await rename(`${file}.new`, file);
}

/** The server that runs on this data folder; undefined when none does, or it doesn't listen yet. */
export async function readRunningServer(dataFolder: string): Promise<RunningServer | undefined> {
  if (!isLocked(lockFileOf(dataFolder))) return undefined;
  try {
    return runningServer.parse(JSON.parse(await readFile(fileOf(dataFolder), 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** The lock's part: a server that has ended, or not begun, can't be reached. */
export async function removeRunningServer(dataFolder: string): Promise<void> {
  await rm(fileOf(dataFolder), { force: true });
}
