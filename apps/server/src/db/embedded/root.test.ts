import { execFile } from 'node:child_process';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  truncate,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { startEmbedded } from './embedded-postgres.ts';
import { findInstalledPrograms, programsIn } from './postgres-programs.ts';
import { unsafeTestSettings } from './postgres-settings.ts';
import { choosePostgresUser } from './postgres-user.ts';
import { ask } from './testing/ask.ts';
import { temporaryDataFolder } from './testing/temporary-data-folder.ts';
import { startVifInAProcess } from './testing/vif-in-a-process.ts';
import { usablePrograms } from './usable-programs.ts';

// A first start writes 40 MB and a copy of the programs 60, for which a shared disk may take seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = temporaryDataFolder();
const settings = unsafeTestSettings;
const nobody = { uid: 65534, gid: 65534 };

/** Who runs a process, as Linux tells. */
async function userOf(pid: number | undefined): Promise<number> {
  return (await stat(`/proc/${pid}`)).uid;
}

function listener(): { sentences: string[]; say: (sentence: string) => void } {
  const sentences: string[] = [];
  return { sentences, say: (sentence) => sentences.push(sentence) };
}

describe.runIf(process.getuid?.() === 0 && process.platform === 'linux')('as root', () => {
  test('the database runs as another user, and it says so', async () => {
    const { sentences, say } = listener();
    const postgres = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
    const user = await choosePostgresUser('');
    expect(user.uid).toBeGreaterThan(0);
    expect(sentences).toEqual([
      `Vif runs as root, which PostgreSQL refuses to: the database runs as user ${user.name}.`,
    ]);
    expect(await userOf(await folder.postgresPid())).toBe(user.uid);
    expect((await stat(join(folder.dataFolder, 'postgres'))).uid).toBe(user.uid);
    // The password and the folder are root's alone.
    expect((await stat(join(folder.dataFolder, 'postgres-password'))).uid).toBe(0);
    expect((await stat(folder.dataFolder)).uid).toBe(0);
    await postgres.stop();
  });

  test('below a closed folder the files have a place of their own, which the data folder links to', async () => {
    await chmod(folder.parent, 0o700);
    const ownPlaces = await openFolder('places');
    try {
      const first = listener();
      const postgres = await startEmbedded({ dataFolder: folder.dataFolder, ownPlaces, settings, ...first });
      const cluster = await readlink(join(folder.dataFolder, 'postgres'));
      expect(cluster.startsWith(`${ownPlaces}/`)).toBe(true);
      expect(first.sentences[1]).toContain(`the database's files are in ${cluster}`);
      expect(await readdir(ownPlaces)).toHaveLength(1);
      await ask(postgres.connection, 'create table kept as select 42 as answer');
      await postgres.stop();

      // Moved, the data folder still finds them; copied, it doesn't share them.
      const moved = join(folder.parent, 'moved');
      await rename(folder.dataFolder, moved);
      const again = await startEmbedded({ dataFolder: moved, ownPlaces, settings, ...listener() });
      expect(await ask(again.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
      await again.stop();
      const copied = join(folder.parent, 'copied');
      await cp(moved, copied, { recursive: true, verbatimSymlinks: true });
      await expect(startEmbedded({ dataFolder: copied, ownPlaces, settings, ...listener() })).rejects.toThrow(
        /is a copy of .*moved/,
      );

      // Deleted, it begins anew, and the old files are not touched.
      await rm(copied, { recursive: true });
      await rm(moved, { recursive: true });
      const anew = await startEmbedded({ dataFolder: moved, ownPlaces, settings, ...listener() });
      await expect(ask(anew.connection, 'select answer from kept')).rejects.toThrow(/kept/);
      await anew.stop();
      expect(await readdir(ownPlaces)).toHaveLength(2);
      expect((await lstat(cluster)).isDirectory()).toBe(true);
    } finally {
      await rm(ownPlaces, { recursive: true, force: true });
    }
  });

  test('an own place that cannot be made is refused with what to do', async () => {
    await chmod(folder.parent, 0o700);
    const ownPlaces = join(folder.parent, 'as-closed');
    await expect(startEmbedded({ dataFolder: folder.dataFolder, ownPlaces, ...listener() })).rejects.toThrow(
      /who can enter neither .* nor .*as-closed: set VIF_DATA/,
    );
  });

  test('programs below a closed folder are run from a copy, which is made good when damaged', async () => {
    const installed = await findInstalledPrograms();
    const user = await choosePostgresUser('');
    const closed = join(folder.parent, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await cp(installed.folder, join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
    const hidden = programsIn(join(closed, 'native'), installed.packageVersion);
    const places = join(folder.parent, 'places');

    const first = listener();
    const { programs, major } = await usablePrograms(hidden, user, places, first.say);
    expect(major).toBe(18);
    expect(programs.folder).toBe(join(places, `postgresql-${installed.packageVersion}-${process.arch}`));
    expect(first.sentences[0]).toContain(`a copy in ${programs.folder}`);
    const made = (await stat(programs.postgres)).mtimeMs;

    await usablePrograms(hidden, user, places, listener().say);
    expect((await stat(programs.postgres)).mtimeMs).toBe(made);

    await truncate(join(programs.folder, 'lib', 'libicudata.so.60.2'), 1000).catch(() =>
      truncate(programs.initdb, 1000),
    );
    await usablePrograms(hidden, user, places, listener().say);
    expect((await stat(programs.initdb)).size).toBe((await stat(installed.initdb)).size);
    expect(await readdir(places)).toHaveLength(1);

    // Where they can be entered they are run as they are.
    expect((await usablePrograms(installed, user, places, listener().say)).programs).toEqual(installed);
  });

  test('files that root copied back from a backup are given to the user again', async () => {
    const first = await startEmbedded({ dataFolder: folder.dataFolder, settings, ...listener() });
    await ask(first.connection, 'create table kept as select 42 as answer');
    await first.stop();
    await promisify(execFile)('chown', ['-R', '0:0', folder.dataFolder]);
    await promisify(execFile)('chmod', ['-R', 'a+rX', folder.dataFolder]);
    const second = await startEmbedded({ dataFolder: folder.dataFolder, settings, ...listener() });
    expect(await ask(second.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect((await stat(join(folder.dataFolder, 'postgres-password'))).mode & 0o777).toBe(0o600);
    await second.stop();
  });

  test('an ordinary user runs it plainly, and root then runs it as that user', async () => {
    await chmod(folder.parent, 0o777);
    const vif = await startVifInAProcess(folder.dataFolder, nobody);
    expect(vif.sentences).toEqual([]);
    expect(await userOf(await folder.postgresPid())).toBe(nobody.uid);
    expect((await stat(folder.dataFolder)).mode & 0o777).toBe(0o700);
    await ask(vif.connection, 'create table kept as select 42 as answer');
    // Adopted by the same user after a kill -9.
    await vif.kill();
    const second = await startVifInAProcess(folder.dataFolder, nobody);
    expect(second.sentences).toEqual([]);
    expect(await second.end()).toBe(0);

    const { sentences, say } = listener();
    const asRoot = await startEmbedded({ dataFolder: folder.dataFolder, say, settings });
    expect(sentences).toEqual([
      'Vif runs as root, which PostgreSQL refuses to: the database runs as user nobody.',
    ]);
    expect(await ask(asRoot.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await asRoot.stop();
    // And the user can have it back.
    expect(await (await startVifInAProcess(folder.dataFolder, nobody)).end()).toBe(0);
  });

  test("an ordinary user is refused root's data folder, and a folder that can't be made, in a sentence", async () => {
    const postgres = await startEmbedded({ dataFolder: folder.dataFolder, settings, ...listener() });
    await postgres.stop();
    await expect(startVifInAProcess(folder.dataFolder, nobody)).rejects.toThrow(
      /may not write to its data folder .*chown/,
    );
    await expect(startVifInAProcess(join(folder.parent, 'other'), nobody)).rejects.toThrow(
      /may not write to its data folder/,
    );
  });

  test('a full disk is said in a sentence, and with space again it starts', async ({ skip }) => {
    const disk = join(folder.parent, 'disk');
    await mkdir(disk);
    const mounted = await promisify(execFile)('mount', [
      '-t',
      'tmpfs',
      '-o',
      'size=30m,mode=755',
      'tmpfs',
      disk,
    ]).then(
      () => true,
      () => false,
    );
    skip(!mounted, 'root may not mount here, as in a container');
    try {
      const dataFolder = join(disk, 'data');
      const refused = await startEmbedded({ dataFolder, ...listener() }).catch((error: unknown) =>
        String(error),
      );
      const password = (await readFile(join(dataFolder, 'postgres-password'), 'utf8')).trim();
      expect(refused).toContain('There is no space left on the disk: free some');
      expect(refused).not.toContain(password);
      expect(await readdir(dataFolder)).not.toContain('postgres');
      await promisify(execFile)('mount', ['-o', 'remount,size=200m', disk]);
      const postgres = await startEmbedded({ dataFolder, ...listener() });
      expect(await ask(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
      await postgres.stop();
    } finally {
      await promisify(execFile)('umount', [disk]);
    }
  });
});

/** Beside the temporary folder, which the test closes. */
async function openFolder(name: string): Promise<string> {
  const path = `${folder.parent}-${name}`;
  await mkdir(path, { mode: 0o755 });
  return path;
}
