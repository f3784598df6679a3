import { execFile, type SpawnOptions } from 'node:child_process';
import type { PostgresUser } from './postgres-user.ts';

/** What a program did. A program that could not be started at all has the exit code undefined. */
export interface ProgramResult {
  readonly exitCode: number | undefined;
  /** What it wrote to standard output and standard error, in that order. */
  readonly output: string;
}

/**
 * Runs one of PostgreSQL's programs to its end, as the given user. Doesn't throw: the caller knows what a
 * failure means.
 *
 * @param timeout milliseconds after which the program is ended
 */
export function runProgram(
  program: string,
  args: readonly string[],
  user: PostgresUser,
  timeout = 120_000,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    execFile(program, args, { ...asUser(user), timeout, windowsHide: true }, (error, stdout, stderr) => {
      const failure = error === null ? '' : `${error.message.split('\n')[0]}\n`;
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      resolve({ exitCode, output: `${stdout}${stderr}` || failure });
    });
  });
}

/**
 * How the programs are started: as the user, in a folder that this user can enter, and with an environment of
 * ours, because a PGDATA, PGOPTIONS or PGPORT of the person who starts Vif would change what they do, and
 * because messages in another language could not be recognised.
 */
export function asUser(user: PostgresUser): Pick<SpawnOptions, 'uid' | 'gid' | 'cwd' | 'env'> {
  // oxlint-disable-next-line node/no-process-env -- what any program needs of the system, not Vif's settings
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].map((name) => [name, process.env[name]] as const);
  const env = {
    ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
    LC_ALL: 'C',
    TZ: 'UTC',
  };
  return { cwd: process.platform === 'win32' ? undefined : '/', env, ...ids(user) };
}

function ids(user: PostgresUser): { uid?: number; gid?: number } {
  return user.differs ? { uid: user.uid, gid: user.gid } : {};
}
