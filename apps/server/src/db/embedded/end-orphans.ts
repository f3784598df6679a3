import { readdir, realpath, stat } from 'node:fs/promises';
import type { PostgresUser } from './postgres-user.ts';
import { findPostmaster, workingFolder } from './postmaster.ts';
import { identifyProcess } from './process-identity.ts';

/**
 * Ends the children of a server that was killed. Most notice by themselves, but one that computes does so only
 * when its statement is finished, and until then no new server may use the files. Their transactions are lost
 * with their server already. Linux only: elsewhere they are waited for.
 *
 * @param signal SIGQUIT, at which PostgreSQL's processes end at once; SIGKILL for those that don't
 */
export async function endOrphans(
  cluster: string,
  user: PostgresUser,
  signal: 'SIGQUIT' | 'SIGKILL',
): Promise<void> {
  if (process.platform !== 'linux' || (await findPostmaster(cluster, user)) !== undefined) return;
  const home = await realpath(cluster);
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || !(await isPostgresOf(name, user))) continue;
    if ((await workingFolder(name, user)) === home) endProcess(Number(name), signal);
  }
}

async function isPostgresOf(pid: string, user: PostgresUser): Promise<boolean> {
  const owner = await stat(`/proc/${pid}`).catch(() => undefined);
  return owner?.uid === user.uid && (await identifyProcess(Number(pid)))?.program === 'postgres';
}

function endProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
