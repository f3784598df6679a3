import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { clusterIn } from '../cluster-place.ts';
import { startEmbedded } from '../embedded-postgres.ts';
import { findInstalledPrograms } from '../postgres-programs.ts';
import { unsafeTestSettings } from '../postgres-settings.ts';
import { choosePostgresUser } from '../postgres-user.ts';
import { findPostmaster } from '../postmaster.ts';
import { stopPostgres } from '../stop-postgres.ts';
import { killVifsLeft } from './vif-in-a-process.ts';

/** For each test of a file: a data folder of its own, in a temporary folder open to all. */
export interface TemporaryDataFolder {
  readonly parent: string;
  readonly dataFolder: string;
  /** The process number of the PostgreSQL that runs on it. */
  postgresPid(): Promise<number | undefined>;
}

/**
 * Registers the hooks; what runs on the folder after a test is ended, and the folder removed. The data folder
 * isn't made yet; or, `withDatabase`, it is a copy of one that was started and stopped, which spares each test
 * the first start (0.6 s against 0.1).
 */
export function temporaryDataFolder({ withDatabase = false } = {}): TemporaryDataFolder {
  let parent = '';
  let template = '';
  const dataFolder = () => join(parent, 'data');

  beforeAll(async () => {
    if (!withDatabase) return;
    template = await makeParent();
    const settings = unsafeTestSettings;
    const first = await startEmbedded({ dataFolder: join(template, 'data'), say: () => {}, settings });
    await first.stop();
  });

  beforeEach(async () => {
    parent = await makeParent();
    if (withDatabase) await promisify(execFile)('cp', ['-a', join(template, 'data'), parent]);
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

  afterAll(async () => {
    if (withDatabase) await rm(template, { recursive: true, force: true });
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

async function makeParent(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'vif-embedded-'));
  await chmod(parent, 0o755);
  return parent;
}
