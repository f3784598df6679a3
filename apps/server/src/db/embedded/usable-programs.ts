import { copyPrograms } from './copy-programs.ts';
import { doesNotRun, explainFailure } from './explain-failure.ts';
import type { PostgresPrograms } from './postgres-programs.ts';
import type { PostgresUser } from './postgres-user.ts';
import { runProgram } from './run-program.ts';

/** Programs that the user can run, and which PostgreSQL they are. */
export interface UsablePrograms {
  readonly programs: PostgresPrograms;
  /** Such as 18.4. */
  readonly version: string;
  readonly major: number;
}

/**
 * The installed programs; or, where Vif runs as root and the user of the database cannot enter the folder
 * they are in, a copy below `ownPlaces`. Throws a StartRefusal when they don't run on this machine.
 */
export async function usablePrograms(
  installed: PostgresPrograms,
  user: PostgresUser,
  ownPlaces: string,
  say: (sentence: string) => void,
): Promise<UsablePrograms> {
  const direct = await askVersion(installed, user);
  if ('version' in direct) return direct;
  const asRoot = user.differs ? await askVersion(installed, { ...user, differs: false }) : direct;
  if (!('version' in asRoot)) {
    throw explainFailure('PostgreSQL cannot be run', asRoot.said, { advice: doesNotRun });
  }

  const copied = await copyPrograms(installed, ownPlaces);
  const answer = await askVersion(copied, user);
  if (!('version' in answer)) {
    throw explainFailure(`PostgreSQL does not run in ${copied.folder}`, answer.said);
  }
  say(
    `User ${user.name}, who runs the database, cannot enter ${installed.folder}: PostgreSQL's programs are run from a copy in ${copied.folder}.`,
  );
  return answer;
}

async function askVersion(
  programs: PostgresPrograms,
  user: PostgresUser,
): Promise<UsablePrograms | { readonly said: string }> {
  const { output } = await runProgram(programs.postgres, ['--version'], user, 30_000);
  const match = /\(PostgreSQL\) ((\d+)\S*)/.exec(output);
  if (match?.[1] === undefined) return { said: output };
  return { programs, version: match[1], major: Number(match[2]) };
}
