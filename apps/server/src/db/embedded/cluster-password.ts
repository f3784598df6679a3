import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './has-code.ts';
import { StartRefusal } from './start-refusal.ts';

function passwordFileOf(dataFolder: string): string {
  return join(dataFolder, 'postgres-password');
}

/**
 * The password of the database's owner, from its file in the data folder (mode 0600); a new one when there is
 * no database yet.
 */
export async function clusterPassword(dataFolder: string, clusterExists: boolean): Promise<string> {
  const file = passwordFileOf(dataFolder);
  try {
    const password = (await readFile(file, 'utf8')).trim();
    // A backup that was copied back may have lost the mode.
    await chmod(file, 0o600);
    if (password !== '') return password;
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  if (clusterExists) {
    throw new StartRefusal(
      'database',
      `The database is there, but its password in ${file} is not: copy that file back from a backup.`,
    );
  }
  const password = randomBytes(32).toString('base64url');
  await writeWhole(file, `${password}\n`);
  return password;
}

/** Renamed into place, so that a power cut leaves the whole password or none. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = await open(`${file}.new`, 'w', 0o600);
  try {
    await draft.writeFile(text);
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${file}.new`, file);
}
