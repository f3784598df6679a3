import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ClientConfig } from 'pg';
import { type PostgresSettings, unsafeTestSettings } from '../postgres-settings.ts';
import { StartRefusal } from '../start-refusal.ts';

/** For tests: a Vif that is another process, so that it can be killed, and is only lock and database. */
export interface VifInAProcess {
  readonly child: ChildProcess;
  readonly connection: ClientConfig;
  /** What it said so far; grows. */
  readonly sentences: readonly string[];
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, upon which it stops the database; returns its exit code. */
  end(): Promise<number | null>;
}

/** Who runs it, and how. The database's settings are fast and lose commits in a crash unless given. */
export interface VifOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: PostgresSettings;
}

/** Those that run. */
const left = new Set<ChildProcess>();

/** After a test that failed half way: a process that is left would keep Vitest from ending. */
export function killVifsLeft(): void {
  for (const child of left) child.kill('SIGKILL');
}

interface Line {
  readonly sentence?: string;
  readonly refused?: string;
  readonly connection?: ClientConfig;
}

/**
 * Starts one on the data folder, as another user and with other variables of the environment when given.
 * Throws what it was refused with, as a StartRefusal.
 */
export async function startVifInAProcess(
  dataFolder: string,
  { uid, gid, env = {}, settings = unsafeTestSettings }: VifOptions = {},
): Promise<VifInAProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(dataFolder, settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    // oxlint-disable-next-line node/no-process-env -- as a shell hands it on
    env: { ...process.env, ...env },
    // Its own process group, as a shell gives one to each command, so that a test can send it a Ctrl-C.
    detached: true,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  left.add(child);
  const exited = once(child, 'exit').finally(() => left.delete(child));
  const sentences: string[] = [];
  const connection = await new Promise<ClientConfig>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      // Written by the program below, which writes nothing else.
      const line = JSON.parse(text) as Line;
      if (line.sentence !== undefined) sentences.push(line.sentence);
      if (line.refused !== undefined) reject(new StartRefusal('database', line.refused));
      if (line.connection !== undefined) resolve(line.connection);
    });
    void exited.then(() => reject(new Error('It ended before the database ran.')));
  });
  return {
    child,
    connection,
    sentences,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async end() {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}

function program(dataFolder: string, settings: PostgresSettings): string {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const options = JSON.stringify({ dataFolder, settings });
  return `
    const { lockDataFolder } = await import(${url('../data-folder-lock.ts')});
    const { startEmbedded } = await import(${url('../embedded-postgres.ts')});
    const write = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
    try {
      const lock = await lockDataFolder(${JSON.stringify(dataFolder)});
      const postgres = await startEmbedded({ ...${options}, say: (sentence) => write({ sentence }) });
      process.on('SIGINT', () => {});
      process.on('SIGTERM', async () => { await postgres.stop(); await lock.release(); process.exit(0); });
      setInterval(() => {}, 60_000);
      write({ connection: postgres.connection });
    } catch (error) {
      write({ refused: error.message });
    }`;
}
