import pg from 'pg';
import { installTracking } from '../tracking/install-tracking.ts';
import { PostgresServer } from './postgres-server.ts';

/** A database of a test file's own that belongs to an ordinary role. */
export class TrackedDatabase {
  readonly #server: PostgresServer;
  /** The owner's settings. */
  readonly connection: pg.ClientConfig;
  /** The role that owns everything and is no superuser. */
  readonly owner: pg.Client;
  readonly superuser: pg.Client;

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

  /** @param schema statements of the owner's, before the tracking is installed */
  static async start(schema = ''): Promise<TrackedDatabase> {
    const database = await TrackedDatabase.startEmpty();
    await database.owner.query(schema);
    await installTracking(database.owner);
    return database;
  }

  static async startEmpty(): Promise<TrackedDatabase> {
    const server = await PostgresServer.start();
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
