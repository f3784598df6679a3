import { readFile } from 'node:fs/promises';
import { hasCode } from './has-code.ts';

/** One process among all that will ever have its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot on Linux; elsewhere 0, and a reused number is not noticed. */
  readonly startedAt: number;
  /** The program's name on Linux, such as `postgres`; elsewhere empty. */
  readonly program: string;
}

/** Says who has this number now; undefined when nobody does, or only a process that has ended. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform !== 'linux') return isThere(pid) ? { pid, startedAt: 0, program: '' } : undefined;
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return undefined;
    throw error;
  }
  // The name is in parentheses and may hold any character; the state is the first field behind it.
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  // A zombie has ended: in a container Vif may be process 1, which inherits the dead and doesn't bury them.
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { pid, startedAt: Number(fields[19]), program: stat.slice(stat.indexOf('(') + 1, end) };
}

/** Whether that very process still runs. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await identifyProcess(identity.pid))?.startedAt === identity.startedAt;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, as somebody else's.
    return hasCode(error, 'EPERM');
  }
}
