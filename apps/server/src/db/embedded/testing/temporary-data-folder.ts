import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { clusterIn } from '../cluster-place.ts';
import { findInstalledPrograms } from '../postgres-programs.ts';
import { choosePostgresUser } from '../postgres-user.ts';
import { findPostmaster } from '../postmaster.ts';
import { stopPostgres } from '../stop-postgres.ts';
import { killVifsLeft } from './vif-in-a-process.ts';

/** For each test of a file: a new data folder that isn't made yet, in a temporary folder open to all. */
export interface TemporaryDataFolder {
  readonly parent: string;
  readonly dataFolder: string;
  /** The process number of the PostgreSQL that runs on it. */
  postgresPid(): Promise<number | undefined>;
}

/** Registers the hooks; what runs on the folder after a test is stopped, and the folder removed. */
export function temporaryDataFolder(): TemporaryDataFolder {
  let parent = '';
  const dataFolder = () => join(parent, 'data');

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'vif-embedded-'));
    await chmod(parent, 0o755);
  });

  afterEach(async () => {
    killVifsLeft();
    const programs = await findInstalledPrograms();
    for (const name of await readdir(parent)) {
      const cluster = clusterIn(join(parent, name));
      await stopPostgres({ programs, user: await choosePostgresUser(cluster), cluster });
    }
    await rm(parent, { recursive: true, force: true, maxRetries: 3 });
  });

  return {
    get parent() {
      return parent;
    },
    get dataFolder() {
      return dataFolder();
    },
    async postgresPid() {
      const cluster = clusterIn(dataFolder());
      return (await findPostmaster(cluster, await choosePostgresUser(cluster)))?.identity.pid;
    },
  };
}
