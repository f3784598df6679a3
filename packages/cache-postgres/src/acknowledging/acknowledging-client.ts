import { randomUUID } from 'node:crypto';
import { type Awaitable, acknowledge } from '@vif/cache';
import pg from 'pg';
import type { Asks } from '../connection/asks.ts';
import { addStartupOptions } from '../connection/startup-options.ts';
import { type OutboxRow, outboxColumns, type RawOutboxRow, readOutboxRow } from '../outbox/outbox-row.ts';
import { ReadOnlyTracking } from './read-only-tracking.ts';
import { type Callback, isSubmittable, type Result, readStatement, type Statement } from './statement.ts';

/**
 * Told what a write changed, before who made it is answered. `undefined` means that it is committed and that its rows
 * could not be read: wait until nobody can serve what it replaced.
 */
export type Acknowledge = (rows: readonly OutboxRow[] | undefined, client: Asks) => Awaitable<void>;

const look = {
  name: 'vif_cache_look',
  // By the primary key: of all rows that wait only those behind the last acknowledged one are visited.
  text: `select ${outboxColumns} from vif_cache.outbox o where o.id > $1 and o.connection = $2 order by o.id`,
};
/** How a connection's startup options name its mark. */
export const connectionSetting = 'vif_cache.connection=';
const commit = /^\s*(?:commit|end)\b/i;
/** By itself one transaction where none is open. */
const alone = /^\s*(?:insert|update|delete|merge|select|with|values)\b[^;]*;?\s*$/i;
const preparedElsewhere = /\bcommit\b.*\bprepared\b/is;

/**
 * Makes a `pg.Client` that answers no write before `acknowledgeRows` is done with it, whoever sends it and however: a
 * query that leaves the connection outside a transaction is answered only after its outbox rows were read and
 * acknowledged; `acknowledgeRows` is not called when there are none. On a pipelined client a COMMIT, and a statement that is
 * its own transaction, take them along in their own round trip; a transaction begun READ ONLY is not looked at. What else a
 * client answers, errors included, is as it was.
 *
 * Cursors, query streams and Query objects run inside `BEGIN … READ ONLY` alone; elsewhere `query` throws.
 *
 * @example
 * const Client = acknowledgingClient((rows) => lease.acknowledge(rows));
 * const pool = new pg.Pool({ connectionString, Client });
 * await pool.query('delete from data.people'); // answered when no cache gives these people out any more
 */
export function acknowledgingClient(acknowledgeRows: Acknowledge): typeof pg.Client {
  return class AcknowledgingClient extends pg.Client {
    /** What this connection's rows in the outbox carry. */
    readonly #mark = randomUUID();
    /** The newest row that was acknowledged. */
    #seen = '0';
    readonly #readOnly = new ReadOnlyTracking();
    #unanswered = 0;
    /** Of any transaction after the last answer; after an error that is known later. */
    #outside = true;
    /** What a commit left in the outbox goes on to who bumps it. */
    readonly #outbox = { bump: (rows: readonly OutboxRow[] | undefined) => this.#bump(rows) };
    /** This connection for who acknowledges: what that asks is not acknowledged in turn. */
    readonly #plain: Asks = { query: super.query.bind(this) };

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      addStartupOptions(this, `-c ${connectionSetting}${this.#mark}`);
    }

    override query(config: unknown, values?: unknown, callback?: unknown): never {
      return this.#ask(config, values, callback) as never; // fits each of the driver's forms, which callers see
    }

    #ask(config: unknown, values: unknown, callback: unknown): unknown {
      if (isSubmittable(config)) return this.#submit(config);
      const statement = readStatement(config, values, callback);
      if (!statement.answer) return this.#promise(statement);
      this.#send(statement, statement.answer);
      return undefined;
    }

    #submit(query: pg.Submittable): pg.Submittable {
      if (this.#readOnly.certain) return super.query(query);
      throw new Error(
        'A cursor, query stream or Query object needs a READ ONLY transaction: what it writes elsewhere could not be acknowledged.',
      );
    }

    async #promise(statement: Statement): Promise<Result | Result[] | undefined> {
      const { promise, resolve, reject } = Promise.withResolvers<Result | Result[] | undefined>();
      this.#send(statement, (error, result) => (error ? reject(error) : resolve(result)));
      try {
        return await promise;
      } catch (error) {
        // As the driver does: a stack that leads to the caller instead of the socket.
        if (error instanceof Error) Error.captureStackTrace(error);
        throw error;
      }
    }

    #send({ text, config }: Statement, answer: Callback): void {
      const commits = commit.test(text) || (this.#unanswered === 0 && this.#outside && alone.test(text));
      const looksAlong = this.pipeline && commits && !this.#readOnly.expected;
      this.#unanswered++;
      const answered = this.#readOnly.send(text);
      let rows: Promise<readonly OutboxRow[] | undefined> | undefined;
      super.query(config, (error: Error | null, result: Result | Result[]) => {
        this.#unanswered--;
        this.#outside = !error && this.getTransactionStatus() === 'I';
        const readOnly = answered(error ? undefined : this.getTransactionStatus());
        if (error) return answer(error);
        if (readOnly || !this.#mayHaveCommitted(result)) return answer(null, result);
        // Prepared by another connection perhaps, whose rows this one does not know.
        const read = preparedElsewhere.test(text) ? undefined : (rows ?? this.#look());
        void this.#settle(read, result, answer);
      });
      if (looksAlong) rows = this.#look();
    }

    /** Answers on a tick of its own, so that what a callback throws surfaces as it does from the driver. */
    async #settle(
      rows: Promise<readonly OutboxRow[] | undefined> | undefined,
      result: Result | Result[],
      answer: Callback,
    ) {
      try {
        const settled = await acknowledge(this.#outbox, async () => ({
          answer: result,
          changed: await rows,
        }));
        process.nextTick(answer, null, settled);
      } catch (error) {
        process.nextTick(answer, error);
      }
    }

    #mayHaveCommitted(result: Result | Result[]): boolean {
      if (this.getTransactionStatus() !== 'I') {
        return [result].flat().some(({ command }) => command === 'COMMIT'); // COMMIT AND CHAIN
      }
      return Array.isArray(result) || result.command !== 'ROLLBACK';
    }

    /** The rows behind the last acknowledged one; undefined when they cannot be known. Never rejects. */
    #look(): Promise<readonly OutboxRow[] | undefined> {
      return new Promise((resolve) => {
        super.query(
          { ...look, values: [this.#seen, this.#mark] },
          (error: Error | null, result: pg.QueryResult<RawOutboxRow>) => {
            // Inside a transaction that was sent behind, it saw rows that are not committed yet.
            const known = !error && this.getTransactionStatus() === 'I';
            resolve(known ? result.rows.map(readOutboxRow) : undefined);
          },
        );
      });
    }

    async #bump(rows: readonly OutboxRow[] | undefined): Promise<void> {
      if (rows?.length === 0) return;
      await acknowledgeRows(rows, this.#plain);
      const last = rows?.at(-1);
      if (last && BigInt(last.id) > BigInt(this.#seen)) this.#seen = last.id;
    }
  };
}
