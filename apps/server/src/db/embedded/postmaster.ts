import { readlink, realpath } from 'node:fs/promises';
import type { PostgresUser } from './postgres-user.ts';
import { type PostmasterFile, readPostmasterFile } from './postmaster-file.ts';
import { identifyProcess, type ProcessIdentity } from './process-identity.ts';
import { runProgram } from './run-program.ts';

/** A running PostgreSQL, and what it says of itself. */
export interface Postmaster {
  readonly identity: ProcessIdentity;
  readonly file: PostmasterFile;
}

/**
 * Finds the PostgreSQL that runs on this cluster, whoever started it. The number in postmaster.pid alone
 * doesn't tell: after a reboot, and all the more in a container, it may be another program's.
 */
export async function findPostmaster(
  clusterFolder: string,
  user: PostgresUser,
): Promise<Postmaster | undefined> {
  const file = await readPostmasterFile(clusterFolder);
  const identity = file && (await identifyProcess(file.pid));
  if (file === undefined || identity === undefined) return undefined;
  return (await worksOn(identity, clusterFolder, user)) ? { identity, file } : undefined;
}

async function worksOn(
  identity: ProcessIdentity,
  clusterFolder: string,
  user: PostgresUser,
): Promise<boolean> {
  const pid = String(identity.pid);
  if (process.platform === 'win32') {
    const found = await runProgram('tasklist', ['/NH', '/FI', `PID eq ${pid}`], user);
    return found.output.includes('postgres');
  }
  if (process.platform !== 'linux') {
    return (await runProgram('ps', ['-o', 'comm=', '-p', pid], user)).output.includes('postgres');
  }
  // PostgreSQL makes the cluster its working folder.
  return (
    identity.program === 'postgres' && (await workingFolder(pid, user)) === (await realpath(clusterFolder))
  );
}

/** The folder a process works in (Linux); empty when there is no such process. */
export async function workingFolder(pid: string, user: PostgresUser): Promise<string> {
  try {
    return await readlink(`/proc/${pid}/cwd`);
  } catch {
    // Root in a container may not look at another user's process; that user may.
    return (await runProgram('readlink', [`/proc/${pid}/cwd`], user)).output.trimEnd();
  }
}
