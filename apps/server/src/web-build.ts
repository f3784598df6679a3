import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sources = ['apps/web/**/*', 'packages/contract/src/**/*', 'package-lock.json'];
const stamp = join(root, 'apps/web/dist/.sources');

const notAllowed =
  'Vif may not write apps/web, where it builds the web app once after each update. As the user who owns Vif’s folder, ' +
  'run “npm start” once and stop it, or let the user who runs Vif write there.';

/**
 * Builds the web app with Vite when its sources are not those it was last built from.
 * @param say told before a build, which takes some seconds
 * @throws {Error} with Vite's output when the build fails, with a sentence when the folder may not be written
 */
export async function buildWebApp(say: (sentence: string) => void): Promise<void> {
  const hash = await hashSources();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;
  say('Building the web app (once, and whenever its sources change) …');
  const require = createRequire(import.meta.url);
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
  try {
    await promisify(execFile)(process.execPath, [vite, 'build', 'apps/web', '--logLevel', 'warn'], {
      cwd: root,
      maxBuffer: 16 * 1024 * 1024,
    });
    await writeFile(stamp, hash);
  } catch (error) {
    if (!/EACCES|EROFS|EPERM/.test(String(error))) throw error;
    throw new Error(notAllowed, { cause: error });
  }
}

async function hashSources(): Promise<string> {
  const files: string[] = [];
  for (const pattern of sources) {
    const entries = glob(pattern, {
      cwd: root,
      withFileTypes: true,
      exclude: (entry) => entry.name === 'dist' || entry.name === 'node_modules',
    });
    for await (const entry of entries) if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  const hash = createHash('sha256');
  for (const file of files.toSorted())
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file));
  return hash.digest('hex');
}
