import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { hasCode } from './has-code.ts';
import { StartRefusal } from './start-refusal.ts';

/** The user whom PostgreSQL's programs run as. */
export interface PostgresUser {
  /** Empty when it is the user that runs Vif. */
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** True when Vif runs as root, and so starts the programs as somebody else. */
  readonly differs: boolean;
}

/** `_postgres` is macOS's. Service users that may be there without PostgreSQL follow. */
const candidates = ['postgres', '_postgres', 'nobody', 'daemon'];

/**
 * Who runs PostgreSQL: whoever runs Vif; under root, which PostgreSQL refuses, the owner of the files when
 * there are some already, and otherwise the first service user that this machine has.
 *
 * @param clusterFolder the folder with the database's files, which may not exist yet
 */
export async function choosePostgresUser(clusterFolder: string): Promise<PostgresUser> {
  // Windows has no user ids: its pg_ctl drops an administrator's rights by itself.
  const own = process.getuid?.() ?? -1;
  if (own !== 0) return { name: '', uid: own, gid: process.getgid?.() ?? -1, differs: false };

  const owner = await ownerOf(clusterFolder);
  if (owner !== undefined && owner.uid !== 0) {
    return { name: await nameOf(owner.uid), uid: owner.uid, gid: owner.gid, differs: true };
  }
  for (const name of candidates) {
    const uid = await id('-u', name);
    const gid = await id('-g', name);
    if (uid !== undefined && gid !== undefined) return { name, uid, gid, differs: true };
  }
  throw new StartRefusal(
    'database',
    'Vif runs as root, PostgreSQL refuses to, and this machine has no user postgres, nobody or daemon to run ' +
      'it as: run Vif as an ordinary user, add a user named postgres, or set DATABASE_URL.',
  );
}

async function ownerOf(folder: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(folder);
    return { uid, gid };
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** `id` rather than /etc/passwd: it also knows the users of a directory service. */
async function id(option: '-u' | '-g', name: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('id', [option, name]);
    const number = Number(stdout.trim());
    // macOS's nobody is 4294967294, which spawn() doesn't take.
    return number > 0 && number < 2 ** 31 ? number : undefined;
  } catch {
    return undefined;
  }
}

async function nameOf(uid: number): Promise<string> {
  try {
    return (await promisify(execFile)('id', ['-un', String(uid)])).stdout.trim();
  } catch {
    return String(uid);
  }
}
