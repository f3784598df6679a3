import { bypass } from '@vif/cache';
import pg from 'pg';

/** The connection was lost while committing: whether the transaction was committed is not known. Look before doing it again. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super(
      'The connection was lost while the transaction was committed: look whether it was, before doing it again.',
      {
        cause,
      },
    );
  }
}

/** PostgreSQL answered COMMIT with a rollback, since a statement had failed whose error the work did not pass on. */
export class RolledBack extends Error {
  override readonly name = 'RolledBack';

  constructor() {
    super('A statement of the transaction failed, so nothing of it was committed.');
  }
}

/** A pool, as far as it gives connections. */
export type ConnectionSource = { connect(): Promise<pg.PoolClient> };

export interface TransactionOptions {
  /** How often it is tried at most, when PostgreSQL ends it for another's sake; 5 unless given. */
  readonly attempts?: number;
  /** How it begins; `begin` unless given. */
  readonly begin?: string;
}

/**
 * Runs `work` in a transaction and commits it; on a connection of a `TrackedPool` what it changed is acknowledged then, and only
 * then does this return. Caches are bypassed within, since what is read there may be rolled back. After a serialization
 * failure or a deadlock it runs again, so `work` must do nothing but database work. BEGIN travels with its first statement.
 *
 * @throws what `work` throws; then nothing was written
 * @throws {OutcomeUnknown} when the connection was lost while committing
 * @throws {RolledBack} when a statement failed and `work` went on
 * @example
 * await transaction(pool, async (client) => {
 *   await client.query('update account set balance = balance - $1 where id = $2', [amount, from]);
 *   await client.query('update account set balance = balance + $1 where id = $2', [amount, to]);
 * });
 */
export async function transaction<T>(
  pool: ConnectionSource,
  work: (client: pg.PoolClient) => Promise<T>,
  { attempts = 5, begin = 'begin' }: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(await pool.connect(), work, begin);
    } catch (error) {
      if (attempt >= attempts || !isForAnothersSake(error)) throw error;
    }
  }
}

async function once<T>(
  client: pg.PoolClient,
  work: (client: pg.PoolClient) => Promise<T>,
  begin: string,
): Promise<T> {
  const result = await begunWith(client, begin, () => bypass(() => work(client)));
  let command: string;
  try {
    ({ command } = await client.query('commit'));
  } catch (error) {
    client.release(true);
    throw isConnectionLoss(error) ? new OutcomeUnknown(error) : error;
  }
  client.release();
  if (command !== 'COMMIT') throw new RolledBack();
  return result;
}

/**
 * Runs `work` on one consistent snapshot, read only: for a load of several statements that are to fit together. BEGIN travels
 * with its first statement, and nobody waits for the answer to COMMIT.
 *
 * @throws what `work` throws
 * @example
 * const order = await cache.getOrSet(key, () => snapshot(pool, async (client) => ({
 *   ...(await client.query('select * from orders where id = $1', [id])).rows[0],
 *   lines: (await client.query('select * from lines where order_id = $1', [id])).rows,
 * })));
 */
export async function snapshot<T>(
  pool: ConnectionSource,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const result = await begunWith(client, 'begin isolation level repeatable read read only', () =>
    work(client),
  );
  client.query('commit').then(
    () => client.release(),
    (error: Error) => client.release(error),
  );
  return result;
}

/** Begins and works; when that fails, rolls back and gives the connection back, or closes it where that fails too. */
async function begunWith<T>(client: pg.PoolClient, begin: string, work: () => Promise<T>): Promise<T> {
  const begun = client.query(begin);
  begun.catch(() => undefined); // awaited behind the work; until then it is not unhandled
  try {
    const result = await work();
    await begun;
    return result;
  } catch (error) {
    await begun.catch(() => undefined);
    await abandon(client, error);
    throw error;
  }
}

async function abandon(client: pg.PoolClient, error: unknown): Promise<void> {
  // A statement prepared before a migration changed what it selects fails for as long as its connection lives.
  if (error instanceof pg.DatabaseError && error.code === '0A000') return client.release(true);
  try {
    await client.query('rollback');
    client.release();
  } catch {
    client.release(true);
  }
}

function isForAnothersSake(error: unknown): boolean {
  const code = serversError(error)?.code;
  return code === '40001' || code === '40P01';
}

/** What the server answered; query builders put it into an error of their own. */
function serversError(error: unknown, depth = 0): pg.DatabaseError | undefined {
  if (error instanceof pg.DatabaseError) return error;
  if (!(error instanceof Error) || depth > 5) return undefined;
  const driverError = 'driverError' in error ? error.driverError : undefined; // TypeORM's name for it
  return serversError(error.cause ?? driverError, depth + 1);
}

/** What COMMIT was not answered with by the server; class 08 and 57P are its own farewell. */
function isConnectionLoss(error: unknown): boolean {
  const answered = serversError(error);
  return !answered || /^(08|57P)/.test(answered.code ?? '');
}
