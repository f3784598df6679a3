import { copyFile, open, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './has-code.ts';

/** Bytes. With the copy of the one before, the log never takes more than about twice as much. */
const largest = 5_000_000;

export function logFileOf(dataFolder: string): string {
  return join(dataFolder, 'postgres.log');
}

/**
 * Keeps PostgreSQL's log bounded: a large one is copied to `postgres.log.1` and emptied in place. Renaming
 * would leave a running server writing to the old file.
 */
export async function boundLog(logFile: string): Promise<void> {
  try {
    const { size } = await stat(logFile);
    if (size <= largest) return;
    await copyFile(logFile, `${logFile}.1`);
    await truncate(logFile);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** Where the log ends now, in bytes; give it to `logSince` to read what one start wrote. */
export async function logEnd(logFile: string): Promise<number> {
  try {
    return (await stat(logFile)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0;
    throw error;
  }
}

/** The last lines (20 at most) that were written to the log since it was `from` bytes long. */
export async function logSince(logFile: string, from: number): Promise<string> {
  const file = await open(logFile, 'r').catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(from > size ? 0 : from, size - 20_000);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-20).join('\n');
  } finally {
    await file.close();
  }
}
