import { StartRefusal } from './start-refusal.ts';

/** What to do about programs that are not for this machine, or not whole. */
export const doesNotRun =
  'The PostgreSQL that comes with Vif does not run on this machine: run "npm install" again here, or set DATABASE_URL to a PostgreSQL of version 15 or newer.';

/** What the log or a program said → what to do. The first that matches is taken. */
const explanations: readonly (readonly [RegExp, string])[] = [
  [
    /shared memory segment.*No space left on device|semaphores: No space left on device/,
    "The machine has no shared memory left for PostgreSQL: raise its limit (in a container, docker's --shm-size).",
  ],
  [
    /No space left on device|Disk quota exceeded/,
    'There is no space left on the disk: free some and start Vif again; nothing that was saved is lost.',
  ],
  [
    /Read-only file system/,
    'The disk is read-only: make it writable, or set VIF_DATA to a folder on another one.',
  ],
  [
    /error while loading shared libraries|cannot execute|Exec format error|not found \(required by|ENOENT|Library not loaded/,
    doesNotRun,
  ],
  [
    /could not look up effective user ID/,
    "The user that runs Vif has no name on this machine, and PostgreSQL's initdb needs one: run Vif as a user that has.",
  ],
  [
    /could not (?:bind|create (?:any )?(?:TCP\/IP|Unix-domain) socket)|Address already in use/,
    'PostgreSQL could not listen at its address: another program has it, or the socket folder is not writable.',
  ],
  [
    /pre-existing shared memory block|Is another postmaster|already exists/,
    'An earlier PostgreSQL of this data folder has not ended yet: wait a moment and start Vif again, or restart the machine.',
  ],
  [
    /Permission denied|Operation not permitted|EACCES|EPERM|invalid permissions|wrong ownership/,
    'The files of the database belong to another user than the one that runs it: give them to that user (chown -R), with mode 0700 for the folder.',
  ],
];

/** What the refusal may name, and what it must not. */
export interface FailureContext {
  readonly logFile?: string;
  readonly password?: string;
  /** What to do, where the caller knows whatever was said. */
  readonly advice?: string;
}

/**
 * Makes the refusal a person reads out of what a program or the log said: a sentence with what to do, and the
 * last lines themselves. The password is taken out, should it ever be in them.
 *
 * @param what what was tried, such as "PostgreSQL did not start"
 */
export function explainFailure(
  what: string,
  said: string,
  { logFile, password, advice }: FailureContext = {},
): StartRefusal {
  const known = explanations.find(([pattern]) => pattern.test(said))?.[1];
  const lines = (password === undefined ? said : said.replaceAll(password, '(password)')).trimEnd();
  const where = logFile === undefined ? '' : ` (the whole log: ${logFile})`;
  const sentences = `${what}. ${advice ?? known ?? 'The lines below say why.'}`;
  return new StartRefusal(
    'database',
    lines === '' ? sentences : `${sentences}\nIts last lines${where}:\n${lines}`,
  );
}
