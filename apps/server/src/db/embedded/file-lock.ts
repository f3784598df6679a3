import { chmod } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';

/** An exclusive lock on a file, held by this process. */
export interface FileLock {
  readonly held: boolean;
  /** Lets go. Again: nothing. */
  release(): void;
}

/** SQLITE_BUSY: somebody else has the lock. */
const busy = 5;

/** The open handles: one that is collected as garbage would let go of its lock. */
const handles = new Set<DatabaseSync>();

/**
 * Locks the file, making it (empty, mode 0600) when it isn't there; undefined when somebody has it, in this
 * process or another. The lock is the operating system's own, fcntl or LockFileEx: of two who ask at the same
 * instant one gets it, it goes when the process goes, however it does, child processes don't inherit it, and
 * no process number is ever compared. Node has no call for it, but SQLite, which is part of Node, takes it.
 */
export async function takeLock(file: string): Promise<FileLock | undefined> {
  let handle: DatabaseSync | undefined;
  try {
    handle = new DatabaseSync(file, { timeout: 0 });
    // By its name: opening and closing the file ourselves would drop a lock that this process has on it.
    await chmod(file, 0o600);
    // Without a journal the file stays empty and alone, whatever happens.
    handle.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    handle?.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  const taken = handle;
  handles.add(taken);
  return {
    get held() {
      return handles.has(taken);
    },
    release() {
      if (handles.delete(taken)) taken.close();
    },
  };
}

/** Whether some process, this one included, has the lock. Takes less than a millisecond. */
export function isLocked(file: string): boolean {
  let handle: DatabaseSync | undefined;
  try {
    handle = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    handle.exec('select count(*) from sqlite_schema');
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    handle?.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busy;
}
