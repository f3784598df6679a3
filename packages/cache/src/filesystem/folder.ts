import type { Dirent } from 'node:fs';
import { mkdir, opendir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly now: () => number;
}

/** Share of the bound that may be written before the folder is looked through again for what others wrote. */
const unseen = 1 / 10;
/** A file being written that is older than this was left by a crash, in milliseconds. */
const abandoned = 60_000;

/** The files of a cache and what they take: looked through at first and now and then, and kept within its bound. */
export class Folder {
  readonly #options: FolderOptions;
  /** Bytes by file name, the one used longest ago first; those of others as the last look found them. */
  readonly #files = new Map<string, number>();
  #bytes = 0;
  #writtenSinceLook = 0;
  #looking: Promise<void> | undefined;

  private constructor(options: FolderOptions) {
    this.#options = options;
  }

  static async open(options: FolderOptions): Promise<Folder> {
    const folder = new Folder(options);
    await mkdir(folder.temporary(''), { recursive: true, mode: 0o700 });
    await folder.#look();
    return folder;
  }

  /** What the files take as far as is known, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Where a file is: in one of 256 folders. */
  pathOf(name: string): string {
    return join(this.#options.folder, name.slice(0, 2), name);
  }

  /** Where a file is written before it gets its name; on the same file system, so that renaming is one step. */
  temporary(name: string): string {
    return join(this.#options.folder, 'being-written', name);
  }

  used(name: string, bytes: number): void {
    this.#note(name, undefined);
    this.#note(name, bytes);
  }

  /** Notes a file that was written, and makes room for it. */
  async wrote(name: string, bytes: number): Promise<void> {
    this.used(name, bytes);
    this.#writtenSinceLook += bytes;
    if (this.#writtenSinceLook > this.#options.maxBytes * unseen) await this.#lookOnce();
    await this.#makeRoom();
  }

  async remove(name: string): Promise<void> {
    this.#note(name, undefined);
    await unlink(this.pathOf(name)).catch(gone);
  }

  /** Removes every file that is there when it begins, other processes' too. */
  async clear(): Promise<void> {
    for await (const { name, parentPath } of entriesOf(this.#options.folder))
      if (!parentPath.endsWith('being-written')) await this.remove(name);
  }

  #note(name: string, bytes: number | undefined): void {
    this.#bytes += (bytes ?? 0) - (this.#files.get(name) ?? 0);
    if (bytes === undefined) this.#files.delete(name);
    else this.#files.set(name, bytes);
  }

  async #makeRoom(): Promise<void> {
    for (const name of this.#files.keys()) {
      if (this.#bytes <= this.#options.maxBytes) return;
      await this.remove(name);
    }
  }

  /** One look for all who ask while it is under way. */
  #lookOnce(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Sweeps what expired and what a crash left, and notes what other processes wrote and took away. */
  async #look(): Promise<void> {
    this.#writtenSinceLook = 0;
    const before = [...this.#files.keys()];
    const found = new Map<string, number>();
    const now = this.#options.now();
    for await (const { name, parentPath } of entriesOf(this.#options.folder)) {
      const path = join(parentPath, name);
      const file = await stat(path).catch(gone);
      if (!file) continue;
      const beingWritten = parentPath.endsWith('being-written');
      const over = beingWritten ? Date.now() - file.ctimeMs > abandoned : file.mtimeMs <= now;
      if (over) await unlink(path).catch(gone);
      else if (!beingWritten) found.set(name, file.size);
    }
    for (const name of before) if (!found.has(name)) this.#note(name, undefined);
    const ours = [...this.#files];
    for (const [name, bytes] of found) this.#note(name, bytes);
    for (const [name, bytes] of ours) this.used(name, found.get(name) ?? bytes); // so that others' go first
    await this.#makeRoom();
  }
}

/** Every file below the folder. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent, void> {
  const directory = await opendir(folder, { recursive: true });
  for await (const entry of directory) if (entry.isFile()) yield entry;
}

function gone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
