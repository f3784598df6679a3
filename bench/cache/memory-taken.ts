import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What entries of a cache take, in a process of their own; `Map` takes what the values and keys take without a cache. */
export async function memoryTaken(name: string, entries: number, signal: AbortSignal): Promise<number> {
  const file = join(import.meta.dirname, 'memory-process.ts');
  const args = ['--expose-gc', file, name, String(entries)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { signal });
  const bytes = Number(stdout);
  if (!Number.isFinite(bytes) || stdout.trim() === '') throw new Error(`${name} did not say what it takes.`);
  return bytes;
}
