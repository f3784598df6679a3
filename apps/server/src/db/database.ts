import {
  type Acknowledge,
  type Catalogues,
  type ConnectionSource,
  OutcomeUnknown,
  RolledBack,
  snapshot,
  TrackedPool,
  transaction,
} from '@vif/cache-postgres';
import { Kysely } from 'kysely';
import type pg from 'pg';
import { VifError } from '../problems/vif-error.ts';
import { ConnectionDialect } from './connection-dialect.ts';
import { translateDatabaseError } from './database-errors.ts';
import { surviveLostConnections } from './lost-connections.ts';
import { valueTypes } from './value-types.ts';
import type { Views } from './views.ts';

/** What a feature's queries take first: a transaction of one workspace. */
export type Db = Kysely<Views>;

/** Whose rows a transaction sees, and whose it may write. */
export interface RowScope {
  readonly workspaceId: string;
  /** Set when only this user's own records may be written. */
  readonly ownerId?: string | undefined;
}

export interface DatabaseOptions {
  readonly connection: pg.ClientConfig;
  readonly poolSize: number;
  onError(this: void, error: Error): void;
  /** Bumps what a transaction changed before it answers COMMIT. */
  readonly acknowledge: Acknowledge;
  /** What statements mean to the role and the path of these connections. */
  readonly catalogues: Catalogues;
}

/**
 * Milliseconds. A read that runs longer serves nobody; a write that waits longer for a row stands behind something
 * large and holds one of few connections meanwhile.
 */
const patience = { statement: 20_000, lock: 5_000, ping: 2_000 } as const;

/**
 * The business data, through the server's own role. Each use is a transaction in one workspace: BEGIN and the
 * workspace are sent with the first statement as one pipeline, so they cost no round trip of their own.
 */
export class Database {
  readonly #pool: pg.Pool;
  readonly #connections: ConnectionSource = {
    connect: () =>
      this.#pool.connect().catch((error: unknown) => {
        throw translateDatabaseError(error, 'connecting');
      }),
  };

  constructor({ connection, poolSize, onError, acknowledge, catalogues }: DatabaseOptions) {
    this.#pool = new TrackedPool({
      ...connection,
      acknowledge,
      catalogues,
      max: poolSize,
      pipeline: true,
      types: valueTypes,
      // Where the trigram operators are, whatever path the database or the role was given. And a plan for the values at
      // hand: one for any value would walk 100,000 names for the three organisations of a small country.
      options: '-c search_path=public -c plan_cache_mode=force_custom_plan',
      // D4: a request waits at most 30 s for a connection, the making of one included.
      connectionTimeoutMillis: connection.connectionTimeoutMillis ?? 30_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    surviveLostConnections(this.#pool, onError);
  }

  /** Runs `work` on one consistent snapshot, read only. */
  async read<T>(scope: RowScope, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#translated((pool) =>
      snapshot(pool, (client) => scoped(client, scope, patience.statement, work)),
    );
  }

  /**
   * Runs `work` in a transaction and commits it; then what it changed is bumped, and only then does this return.
   * Serialization failures and deadlocks run it again, so it must do nothing but database work.
   * @throws {VifError} `outcome_unknown` when the connection was lost while committing
   */
  async write<T>(scope: RowScope, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#translated((pool) => transaction(pool, (client) => scoped(client, scope, 0, work)));
  }

  /**
   * One round trip, in milliseconds.
   * @throws {VifError} `database_unavailable` after two seconds without an answer, as from a host that fell off the network
   */
  async ping(): Promise<number> {
    const start = performance.now();
    const { promise: tooLong, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(reject, patience.ping, new VifError('database_unavailable'));
    try {
      await Promise.race([this.#pool.query('select 1'), tooLong]);
    } finally {
      clearTimeout(timer);
    }
    return performance.now() - start;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  /** Says what went wrong in the words of the API. */
  async #translated<T>(work: (connections: ConnectionSource) => Promise<T>): Promise<T> {
    try {
      return await work(this.#connections);
    } catch (error) {
      if (error instanceof OutcomeUnknown) throw new VifError('outcome_unknown', { cause: error });
      if (error instanceof RolledBack) throw new VifError('internal', { cause: error });
      throw translateDatabaseError(error);
    }
  }
}

/** Sends the row scope without waiting, and believes no result before it was answered. */
async function scoped<T>(
  client: pg.PoolClient,
  scope: RowScope,
  statementTimeout: number,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const opened = client.query({
    name: 'vif_scope',
    text: `select set_config('vif.workspace', $1, true), set_config('vif.owner', $2, true),
      set_config('pg_trgm.similarity_threshold', '0.55', true),
      set_config('lock_timeout', $3, true), set_config('statement_timeout', $4, true)`,
    values: [scope.workspaceId, scope.ownerId ?? '', String(patience.lock), String(statementTimeout)],
  });
  opened.catch(() => undefined); // awaited behind the work; until then it is not unhandled
  const result = await work(dbOn(client));
  await opened;
  return result;
}

function dbOn(client: pg.PoolClient): Db {
  return new Kysely<Views>({ dialect: new ConnectionDialect(client) });
}
