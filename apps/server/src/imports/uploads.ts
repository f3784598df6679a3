import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VifError } from '../problems/vif-error.ts';

/** The longest file that is taken, in bytes: over a million rows of accounts. */
export const uploadLimit = 200_000_000;

/** Files on disk at once, of everybody and of one user: the disk is the database's too. */
const placesFor = { all: 8, user: 2 } as const;

/** The folder's place in the data folder. */
export const uploadFolderIn = (dataFolder: string) => join(dataFolder, 'uploads');

/** A file that was sent, on disk until it is disposed of. */
interface Upload extends AsyncDisposable {
  readonly path: string;
}

/** More than `limit` bytes were sent. */
export class UploadTooLarge extends Error {}

/** Files that were sent, each in a private folder under a name of ours. */
export interface Uploads {
  /**
   * Keeps a place on the disk until it is given back.
   * @throws {VifError} `too_many_requests` while all places are taken, or this user has two
   */
  reserve: (userId: string) => { release: () => void };
  /**
   * Writes a stream to a file. What ends badly leaves no file; the stream is left to its owner, who still has to
   * answer on it.
   * @throws {UploadTooLarge}
   */
  receive: (bytes: Readable, limit: number) => Promise<Upload>;
  /** Runs one import at a time, in the order they came: two would hold two of few database connections for minutes. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Makes the folder, for this user alone, and empties it of what a killed process left.
 * @param folder nobody else's: the caller holds the data folder's lock
 */
export async function openUploads(folder: string): Promise<Uploads> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let last: Promise<unknown> = Promise.resolve();
  const holders: string[] = [];
  return {
    reserve(userId) {
      const own = holders.filter((holder) => holder === userId).length;
      if (holders.length >= placesFor.all || own >= placesFor.user) {
        throw new VifError('too_many_requests', { retryAfter: 30 });
      }
      holders.push(userId);
      return { release: () => void holders.splice(holders.indexOf(userId), 1) };
    },
    async receive(bytes, limit) {
      const path = join(folder, randomUUID());
      const remove = () => rm(path, { force: true });
      try {
        await pipeline(within(bytes, limit), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      } catch (error) {
        await remove();
        throw error;
      }
      return { path, [Symbol.asyncDispose]: remove };
    },
    inTurn(work) {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function* within(bytes: Readable, limit: number): AsyncGenerator<Buffer> {
  let length = 0;
  const chunks: AsyncIterable<Buffer> = bytes.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit) throw new UploadTooLarge();
    yield chunk;
  }
}
