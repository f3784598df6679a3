import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Bytes of real memory that a process takes, its program's own pages included. */
export async function residentMemory(pid: number): Promise<number> {
  const kibibytes =
    process.platform === 'linux'
      ? /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
      : (await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])).stdout;
  const bytes = Number(kibibytes) * 1024;
  if (!(bytes > 0)) throw new Error(`The system does not say how much memory process ${pid} takes.`);
  return bytes;
}
