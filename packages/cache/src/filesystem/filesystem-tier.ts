import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stored, Tier } from '../tier.ts';
import { decodeStored, encodeStored } from '../values/stored-entry.ts';
import { Folder } from './folder.ts';

export interface FilesystemTierOptions {
  /** Nobody else's; made when it is not there. Processes that share a cache name the same one. */
  readonly folder: string;
  /** What all files together may take, in bytes. */
  readonly maxBytes: number;
  /**
   * Whether a value is on the disk before `set` returns. Without, one that was set before the power failed may be gone
   * behind it; torn it is never given.
   */
  readonly sync?: boolean;
  /** Milliseconds since 1970; when a value has expired. */
  readonly now?: () => number;
}

/**
 * Values in files, one each, which outlive the process and are shared by all that name the folder. A file is written under
 * another name and renamed, so a reader finds the old one or the new one; one that was torn by a crash, or that belongs to
 * another key, is refused by its own length, sum and key, and swept.
 *
 * @example
 * const tier = await FilesystemTier.open({ folder: '/var/cache/shop', maxBytes: 1e9 });
 */
export class FilesystemTier<Value> implements Tier<Value> {
  readonly name = 'filesystem';
  readonly #options: Required<FilesystemTierOptions>;
  readonly #folder: Folder;

  private constructor(options: Required<FilesystemTierOptions>, folder: Folder) {
    this.#options = options;
    this.#folder = folder;
  }

  /**
   * Opens the folder, sweeping what expired and what a crash left behind.
   * @throws what making or reading the folder throws
   */
  static async open<Value>(options: FilesystemTierOptions): Promise<FilesystemTier<Value>> {
    const complete = { sync: false, now: Date.now, ...options };
    return new FilesystemTier<Value>(complete, await Folder.open(complete));
  }

  /** What the files take as far as is known, in bytes; other processes' of late not counted. */
  get bytes(): number {
    return this.#folder.bytes;
  }

  async get(key: string): Promise<Stored<Value> | undefined> {
    const name = nameOf(key);
    const path = this.#folder.pathOf(name);
    const bytes = await readFile(path).catch(absent);
    if (!bytes) return undefined;
    const read = decodeStored(key, bytes);
    if ('refused' in read || read.stored.keptUntil <= this.#options.now()) {
      await this.#folder.remove(name);
      return undefined;
    }
    this.#folder.used(name, bytes.length);
    // It was set under this key, by who uses the tier with this type.
    return read.stored as Stored<Value>;
  }

  async set(key: string, stored: Stored<Value>): Promise<void> {
    const name = nameOf(key);
    const bytes = encodeStored(key, stored);
    if (bytes.length > this.#options.maxBytes) return this.#folder.remove(name);
    const written = this.#folder.pathOf(name);
    const being = this.#folder.temporary(randomUUID());
    await mkdir(join(written, '..'), { recursive: true });
    try {
      await this.#write(being, bytes, stored.keptUntil);
      await rename(being, written);
    } catch (error) {
      await unlink(being).catch(absent);
      throw error;
    }
    await this.#folder.wrote(name, bytes.length);
  }

  delete(key: string): Promise<void> {
    return this.#folder.remove(nameOf(key));
  }

  /** Files have the names of whole keys' hashes: it can tell all of them, and no part. */
  async clear(prefix: string): Promise<void> {
    if (prefix === '') await this.#folder.clear();
  }

  /** The file's time is until when its value is kept, so that a sweep need not read it. */
  async #write(path: string, bytes: Buffer, keptUntil: number): Promise<void> {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      if (this.#options.sync) await file.sync();
    } finally {
      await file.close();
    }
    const seconds = Math.min(keptUntil, farthest) / 1000;
    await utimes(path, seconds, seconds);
  }
}

/** The last moment that every file system can note (2038-01-19), in milliseconds. */
const farthest = (2 ** 31 - 1) * 1000;

/** A key in 256 bits; the file holds the key in full and is refused under another. */
function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
