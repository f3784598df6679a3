import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresPrograms } from './postgres-programs.ts';
import type { PostgresUser } from './postgres-user.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import { isRunning } from './process-identity.ts';
import { runProgram } from './run-program.ts';

/** What is to be stopped, and by which programs. */
export interface StopTarget {
  readonly programs: PostgresPrograms;
  readonly user: PostgresUser;
  readonly cluster: string;
}

/** Seconds. A checkpoint of 1 GB of changes on a slow disk takes about ten. */
const patience = { fast: 60, immediate: 10 } as const;

/**
 * Stops the PostgreSQL that runs on the cluster, if one does: ends its connections and writes its files
 * (`fast`), or, when that takes over a minute, at once (`immediate`), which loses nothing either and makes the
 * next start replay. Returns when the process is gone; throws when it cannot be ended.
 */
export async function stopPostgres({ programs, user, cluster }: StopTarget): Promise<void> {
  for (const mode of ['fast', 'immediate'] as const) {
    const running = await findPostmaster(cluster, user);
    if (running === undefined) return;
    const args = ['stop', '-D', cluster, '-m', mode, '-w', '-t', String(patience[mode])];
    await runProgram(programs.pgCtl, args, user, (patience[mode] + 10) * 1000);
    // pg_ctl waits for the file postmaster.pid, which is removed a moment before the process ends.
    if (await ends(running)) return;
  }
  throw new Error(`PostgreSQL (process of ${cluster}) does not stop.`);
}

async function ends({ identity }: Postmaster): Promise<boolean> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline; ) {
    if (!(await isRunning(identity))) return true;
    await pause(20);
  }
  return false;
}
