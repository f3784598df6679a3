import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { clusterIn } from '../db/embedded/cluster-place.ts';
import { findInstalledPrograms } from '../db/embedded/postgres-programs.ts';
import { choosePostgresUser } from '../db/embedded/postgres-user.ts';
import { findRunningDatabase } from '../db/embedded/running-database.ts';
import { stopPostgres } from '../db/embedded/stop-postgres.ts';
import { spawnVif } from './spawn-vif.ts';

const start = resolve(import.meta.dirname, '../../start.js');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CommandRun {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Vif as people start it: processes of its own, on a data folder of the test's. */
export interface VifProcesses {
  /** For the test's own files too. */
  readonly folder: string;
  readonly dataFolder: string;
  /** `npm start` without the web app, until it is ready. */
  startServer: (
    env?: Record<string, string>,
  ) => Promise<{ readonly address: string; stop: () => Promise<number | null> }>;
  /** `npm run …`. */
  begin: (args: readonly string[], options?: { env?: Record<string, string>; input?: string }) => CommandRun;
  run: (...args: Parameters<VifProcesses['begin']>) => Promise<Ended>;
  /** A connection of the owner to the database that runs. */
  owner: () => Promise<pg.Client>;
  /** Ends what still runs and removes everything. */
  remove: () => Promise<void>;
}

export async function vifProcesses(): Promise<VifProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'vif-command-'));
  // Run by root, PostgreSQL is another user's.
  await chmod(folder, 0o755);
  const dataFolder = join(folder, 'data');
  const running = new Set<ChildProcess>();
  const clients: pg.Client[] = [];

  const begin: VifProcesses['begin'] = (args, { env = {}, input } = {}) => {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [start, ...args], {
      env: { PATH, HOME, VIF_DATA: dataFolder, ...env },
      cwd: folder,
    });
    running.add(child);
    child.on('exit', () => running.delete(child));
    child.stdin.end(input);
    const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
      ([, stdout, stderr]) => ({ code: child.exitCode, stdout, stderr }),
    );
    return { child, ended };
  };

  return {
    folder,
    dataFolder,
    begin,
    run: (...args) => begin(...args).ended,
    async startServer(env = {}) {
      const server = spawnVif({ VIF_DATA: dataFolder, ...env });
      running.add(server.process);
      server.process.on('exit', () => running.delete(server.process));
      return {
        address: await server.ready(),
        stop() {
          server.kill('SIGTERM');
          return server.exit();
        },
      };
    },
    async owner() {
      const client = new pg.Client(await findRunningDatabase(dataFolder));
      client.on('error', () => undefined);
      await client.connect();
      clients.push(client);
      return client;
    },
    async remove() {
      for (const client of clients) await client.end().catch(() => undefined);
      for (const child of running) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      const cluster = clusterIn(dataFolder);
      const user = await choosePostgresUser(cluster);
      await stopPostgres({ programs: await findInstalledPrograms(), user, cluster });
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
