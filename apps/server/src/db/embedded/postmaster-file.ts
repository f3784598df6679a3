import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './has-code.ts';

/** What a running PostgreSQL says of itself in postmaster.pid, one fact a line. */
export interface PostmasterFile {
  readonly pid: number;
  /** The cluster by the path it was started with, and writes to. */
  readonly cluster: string;
  readonly port: number;
  /** Empty when it listens on TCP only. */
  readonly socketFolder: string;
  /** Empty until it is up: it is written last. */
  readonly status: string;
}

/** Reads the cluster's postmaster.pid; undefined when there is none, or only half of one. */
export async function readPostmasterFile(clusterFolder: string): Promise<PostmasterFile | undefined> {
  let text: string;
  try {
    text = await readFile(join(clusterFolder, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return {
    pid,
    cluster: lines[1] ?? '',
    port: Number(lines[3] ?? 0),
    socketFolder: lines[4] ?? '',
    status: lines[7] ?? '',
  };
}
