import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { clusterIn } from '../../db/embedded/cluster-place.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../db/embedded/embedded-postgres.ts';
import { findInstalledPrograms } from '../../db/embedded/postgres-programs.ts';
import { choosePostgresUser } from '../../db/embedded/postgres-user.ts';
import { runProgram } from '../../db/embedded/run-program.ts';

/** A PostgreSQL of a test's own that can be stopped; it is started again at once, at the same address. */
export class OwnPostgres {
  readonly folder: string;
  readonly #server: EmbeddedPostgres;
  /** The owner's way to it, also behind a restart. */
  readonly owner: pg.Pool;

  private constructor(folder: string, server: EmbeddedPostgres) {
    this.folder = folder;
    this.#server = server;
    this.owner = new pg.Pool({ ...server.connection, max: 2 });
    this.owner.on('error', () => undefined);
  }

  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'vif-servers-'));
    await chmod(folder, 0o755); // run by root, PostgreSQL is another user's
    // What is committed is in the system's hands: a PostgreSQL that is killed loses nothing, a machine might.
    const settings = { fsync: 'off', full_page_writes: 'off' };
    const dataFolder = join(folder, 'database');
    return new OwnPostgres(folder, await startEmbedded({ dataFolder, say: () => {}, settings }));
  }

  /** The owner's, as `DATABASE_URL`. */
  get url(): string {
    const { user, password, host = '', port, database } = this.#server.connection;
    if (typeof password !== 'string') throw new Error('The owner has a password.');
    const secret = encodeURIComponent(password);
    // A folder, when it listens on a socket.
    return host.startsWith('/')
      ? `postgres://${user}:${secret}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
      : `postgres://${user}:${secret}@${host}:${port}/${database}`;
  }

  /** Ends it as an administrator does, or as a crash would. */
  async end(mode: 'fast' | 'immediate'): Promise<void> {
    const cluster = clusterIn(join(this.folder, 'database'));
    const [programs, user] = [await findInstalledPrograms(), await choosePostgresUser(cluster)];
    const { exitCode, output } = await runProgram(
      programs.pgCtl,
      ['stop', '-D', cluster, '-m', mode, '-w'],
      user,
    );
    if (exitCode !== 0) throw new Error(`pg_ctl stop -m ${mode}: ${output}`);
  }

  /** Stops it and removes its files. */
  async remove(): Promise<void> {
    await this.owner.end();
    await this.#server.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
