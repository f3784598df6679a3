import { Cache, MemoryAuthority } from '@vif/cache';
import pg from 'pg';
import type { PostgresServer } from '../postgres-server.ts';

/** The real code, or a copy of it that a rule was taken out of. */
export type Engine = typeof import('../../index.ts');

/** A database with readers whose loads are recorded, and a writer whose writes are acknowledged. */
export class World {
  readonly cache: Cache;
  /** The role `reader`, for whom row-level security holds. */
  readonly readers: pg.Pool;
  /** The owner, of whom nothing is recorded. */
  readonly writer: pg.Pool;
  /** Reads as readers do, past the cache. */
  readonly fresh: pg.Client;
  readonly owner: pg.Client;
  /** Tags that were bumped since it was asked for last. */
  readonly #bumped: Set<string>;
  readonly #forget: () => void;

  private constructor(
    cache: Cache,
    readers: pg.Pool,
    writer: pg.Pool,
    fresh: pg.Client,
    owner: pg.Client,
    bumped: Set<string>,
    forget: () => void,
  ) {
    this.cache = cache;
    this.readers = readers;
    this.writer = writer;
    this.fresh = fresh;
    this.owner = owner;
    this.#bumped = bumped;
    this.#forget = forget;
  }

  static async open(server: PostgresServer, name: string, engine: Engine): Promise<World> {
    await once(server.connection, async (superuser) => {
      for (const role of ['keeper', 'reader'])
        await superuser.query(`create role ${role} login`).catch(() => undefined); // another world's
      await superuser.query(`create database ${name} owner keeper`);
    });
    const options = { ...server.connection, database: name };
    await once(options, async (superuser) => {
      await superuser.query(`create extension citext`);
      await superuser.query(
        `create collation public.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
      );
    });
    const path = '-c search_path=app,other,public';
    const keeper = { ...options, user: 'keeper', options: path };
    const owner = new pg.Client(keeper);
    await owner.connect();
    await engine.installTracking(owner);
    await owner.query(`select vif_cache.allow('reader')`);
    const fresh = new pg.Client({ ...options, pipeline: true, user: 'reader', options: path });
    await fresh.connect();
    const authority = new MemoryAuthority();
    const catalogues = new engine.Catalogues();
    const bumped = new Set<string>();
    const acknowledge = (rows: readonly { tags: readonly string[] }[] | undefined) => {
      if (!rows) throw new Error('rows of the outbox were not read');
      const tags = rows.flatMap((row) => row.tags);
      for (const tag of tags) bumped.add(tag);
      authority.bump(tags);
    };
    const shared = { acknowledge, catalogues, max: 1 };
    const readers = new engine.TrackedPool({
      ...options,
      pipeline: true,
      ...shared,
      user: 'reader',
      options: path,
    });
    const writer = new engine.TrackedPool({ ...keeper, ...shared });
    const cache = new Cache({ authority, recorder: engine.sqlRecorder });
    return new World(cache, readers, writer, fresh, owner, bumped, () => catalogues.forget());
  }

  /** What was bumped since this was asked last. */
  takeBumped(): ReadonlySet<string> {
    const bumped = new Set(this.#bumped);
    this.#bumped.clear();
    return bumped;
  }

  /** Makes a schema in place of the last one. */
  async build(statements: readonly string[]): Promise<void> {
    await this.owner.query(`
      drop schema if exists app cascade; drop schema if exists other cascade;
      truncate vif_cache.tracked, vif_cache.outbox;
      create schema app; create schema other`);
    for (const statement of statements) await this.owner.query(statement);
    await this.owner.query(`
      grant usage on schema app, other to reader;
      grant select on all tables in schema app, other to reader`);
    this.#forget();
    await this.cache.clear();
  }

  async close(): Promise<void> {
    await Promise.all([this.readers.end(), this.writer.end(), this.fresh.end(), this.owner.end()]);
  }
}

async function once(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
