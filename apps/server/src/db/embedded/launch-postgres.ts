import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { explainFailure } from './explain-failure.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { boundLog, logEnd, logSince } from './postgres-log.ts';
import type { PostgresPrograms } from './postgres-programs.ts';
import type { PostgresSettings } from './postgres-settings.ts';
import type { PostgresUser } from './postgres-user.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import { asUser, runProgram } from './run-program.ts';

/** All that a start needs to know; the same for each start of one cluster. */
export interface Launch {
  readonly programs: PostgresPrograms;
  readonly user: PostgresUser;
  readonly cluster: string;
  readonly address: PostgresAddress;
  readonly logFile: string;
  readonly settings: PostgresSettings;
  readonly password: string;
}

/**
 * Starts PostgreSQL in a process session of its own and waits until it takes connections: replaying what a
 * crash left takes as long as it takes. Throws a StartRefusal with the log's last lines when it ends instead, and
 * the signal's reason, leaving the server to itself, when it is aborted.
 */
export async function launchPostgres(launch: Launch, signal?: AbortSignal): Promise<Postmaster> {
  const { logFile, password } = launch;
  await boundLog(logFile);
  const from = await logEnd(logFile);
  const start = process.platform === 'win32' ? startOnWindows(launch) : startInOwnSession(launch);
  const ended = start.then((failure) => ({ failure }));
  for (;;) {
    signal?.throwIfAborted();
    const outcome = await Promise.race([ended, pause(10)]);
    const failure = outcome?.failure;
    if (failure !== undefined) {
      const said = (await logSince(logFile, from)) || failure;
      throw explainFailure('PostgreSQL did not start', said, { logFile, password });
    }
    const postmaster = await findPostmaster(launch.cluster, launch.user);
    if (postmaster?.file.status === 'ready') return postmaster;
  }
}

function optionsFor({ address, settings }: Launch): string[] {
  const listening: PostgresSettings =
    address.kind === 'socket'
      ? {
          listen_addresses: '',
          // A list in which a name in quotes may hold commas and blanks.
          unix_socket_directories: `"${address.folder.replaceAll('"', '""')}"`,
          unix_socket_permissions: '0700',
        }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const all = { ...settings, ...listening, port: String(address.port), cluster_name: 'vif' };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Not through pg_ctl, which hands the path to a shell, where a `$` in it means something. The new session
 * keeps a Ctrl-C at the terminal from Vif's database, so that requests can finish.
 *
 * @returns when the process ended
 */
async function startInOwnSession(launch: Launch): Promise<string> {
  const log = await open(launch.logFile, 'a', 0o600);
  const child = spawn(launch.programs.postgres, ['-D', launch.cluster, ...optionsFor(launch)], {
    ...asUser(launch.user),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  const ended = once(child, 'exit').then(
    ([code, signal]) => `It ended with ${JSON.stringify(code ?? signal)}.`,
    (error: unknown) => String(error),
  );
  await log.close();
  return ended;
}

/** pg_ctl gives up an administrator's rights, with which PostgreSQL would refuse to run. */
async function startOnWindows(launch: Launch): Promise<string> {
  const { programs, cluster, logFile, user } = launch;
  const options = optionsFor(launch).map((option) => `"${option}"`);
  const args = ['start', '-w', '-t', '3600', '-D', cluster, '-l', logFile, '-o', options.join(' ')];
  const { exitCode, output } = await runProgram(programs.pgCtl, args, user, 3_600_000);
  return exitCode === 0 ? new Promise<never>(() => {}) : output;
}
