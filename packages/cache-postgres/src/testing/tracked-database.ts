import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { installTracking } from '../tracking/install-tracking.ts';
import { PostgresServer } from './postgres-server.ts';

/** A database of a test file's own that belongs to an ordinary role. */
export class TrackedDatabase {
  readonly #server: PostgresServer;
  /** The owner's settings. */
  readonly connection: pg.ClientConfig;
  /** The role that owns everything and is no superuser. */
  owner: pg.Client;
  superuser: pg.Client;

  private constructor(
    server: PostgresServer,
    connection: pg.ClientConfig,
    owner: pg.Client,
    superuser: pg.Client,
  ) {
    this.#server = server;
    this.connection = connection;
    this.owner = owner;
    this.superuser = superuser;
  }

  /**
   * @param schema statements of the owner's, before the tracking is installed
   * @param settings of the server's besides, such as `max_prepared_transactions=1`
   */
  static async start(schema = '', settings: readonly string[] = []): Promise<TrackedDatabase> {
    const database = await TrackedDatabase.startEmpty(settings);
    await database.owner.query(schema);
    await installTracking(database.owner);
    return database;
  }

  static async startEmpty(settings: readonly string[] = []): Promise<TrackedDatabase> {
    const server = await PostgresServer.start(settings);
    const first = await connected(server.connection);
    await first.query('create role shop login');
    await first.query('create database shop owner shop');
    await first.end();
    const connection = { ...server.connection, database: 'shop' };
    const owners = { ...connection, user: 'shop' };
    return new TrackedDatabase(server, owners, await connected(owners), await connected(connection));
  }

  /** The tags that one statement leaves, a list a row of the outbox; it stays done. */
  async emits(statement: string, writer = this.owner): Promise<string[][]> {
    await this.owner.query('delete from vif_cache.outbox');
    await writer.query(statement);
    const { rows } = await this.owner.query<{ tags: string[] }>(
      'select tags from vif_cache.outbox order by id',
    );
    return rows.map(({ tags }) => tags.toSorted());
  }

  async untracked(): Promise<string[]> {
    const { rows } = await this.owner.query<{ name: string }>('select vif_cache.untracked() as name');
    return rows.map(({ name }) => name);
  }

  async tracking(): Promise<string> {
    const { rows } = await this.owner.query<{ tracking: string }>('select vif_cache.tracking() as tracking');
    return rows[0]?.tracking ?? '';
  }

  /** PostgreSQL crashes and recovers: every connection is lost, and what was unlogged. */
  async crash(): Promise<void> {
    const { rows } = await this.superuser.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = [this.owner, this.superuser].map(
      (client) => new Promise((resolve) => client.on('error', () => undefined).once('end', resolve)),
    );
    process.kill(rows[0]?.pid ?? Number.NaN, 'SIGKILL');
    await Promise.all(ended);
    this.owner = await recovered(this.connection);
    this.superuser = await recovered({ ...this.#server.connection, database: 'shop' });
  }

  async stop(): Promise<void> {
    await Promise.all([this.owner.end(), this.superuser.end()]);
    await this.#server.stop();
  }
}

async function connected(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(connection);
  await client.connect();
  return client;
}

async function recovered(connection: pg.ClientConfig): Promise<pg.Client> {
  for (;;) {
    try {
      return await connected(connection);
    } catch {
      await pause(20);
    }
  }
}
