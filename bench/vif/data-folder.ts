import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startChild } from './child.ts';

export const organisations = 100_000;
export const people = 200_000;

/** How much a data folder holds. */
export interface Size {
  /** Below the folder of the big one. */
  readonly folder: string;
  readonly organisations: number;
  readonly people: number;
}

const big: Size = { folder: '', organisations, people };
/** Made in seconds; for what does not depend on how much there is. */
export const small: Size = { folder: 'small', organisations: 4_000, people: 8_000 };

const launcher = join(import.meta.dirname, '../../apps/server/start.js');

/** Who administers the workspace that was made. */
interface SignIn {
  readonly email: string;
  readonly password: string;
}

export interface SeededFolder extends SignIn {
  /** For `VIF_DATA`. */
  readonly vifData: string;
}

/**
 * The data folder with the records, made at the first run by Vif's own seed command and kept: in bench/.data, or in
 * `$VIF_BENCH_DATA`. One that was not made to its end is made anew.
 */
export async function seededFolder(signal: AbortSignal, size: Size = big): Promise<SeededFolder> {
  const folder = resolve(process.env['VIF_BENCH_DATA'] || join(import.meta.dirname, '../.data'), size.folder);
  const vifData = join(folder, 'vif');
  const signInFile = join(folder, 'sign-in.json');
  const known = await readFile(signInFile, 'utf8').catch(() => undefined);
  // Written below, when all was there.
  if (known !== undefined) return { ...(JSON.parse(known) as SignIn), vifData };

  await rm(vifData, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  console.error(`Making the data, once; it takes ${size === big ? 'a minute or two' : 'some seconds'}.`);
  const signIn = await seed(vifData, size, signal);
  await writeFile(signInFile, JSON.stringify(signIn), { mode: 0o600 });
  return { ...signIn, vifData };
}

async function seed(vifData: string, size: Size, signal: AbortSignal): Promise<SignIn> {
  const args = ['seed', '--organisations', String(size.organisations), '--people', String(size.people)];
  await using command = startChild(process.execPath, [launcher, ...args], {
    env: { VIF_DATA: vifData, LANG: 'C' },
    showsErrors: true,
  });
  await command.ends(signal);
  const [, email, password] = /Sign in as (\S+) with the password (\S+)/.exec(command.said()) ?? [];
  if (!email || !password) throw new Error(`The seed command named no administrator: ${command.said()}`);
  return { email, password };
}
