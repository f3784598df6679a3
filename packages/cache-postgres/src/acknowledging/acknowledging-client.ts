import type { Awaitable } from '@vif/cache';
import pg from 'pg';
import type { Queryable } from '../connection/queryable.ts';
import { addStartupOptions } from '../connection/startup-options.ts';
import { mayBeSeveral, mayCommitPrepared, mayPrepare } from '../connection/transaction-words.ts';
import type { OutboxRow } from '../outbox/outbox-row.ts';
import { NoticedRows } from './noticed-rows.ts';
import { ReadOnlyTracking } from './read-only-tracking.ts';
import {
  type Callback,
  isSubmittable,
  type Result,
  readStatement,
  type Statement,
  textOf,
} from './statement.ts';

/**
 * Told what a write changed, before who made it is answered. `undefined` means that it is committed and that its rows
 * could not be read: wait until nobody can serve what it replaced.
 */
export type Acknowledge = (rows: readonly OutboxRow[] | undefined, client: Queryable) => Awaitable<void>;

/** What a connection says of itself when it starts: that the triggers are to tell it of the rows that it writes. */
export const hearing = '-c vif_cache.connection=hears';
/**
 * Whether they do: those of a version before this do not, nor any where what lies between took the option away. No right of
 * the role's is needed.
 */
const askTelling = `select from pg_catalog.pg_proc
  where pronamespace = pg_catalog.to_regnamespace('vif_cache') and proname = 'tells'
    and pg_catalog.current_setting('vif_cache.connection', true) = 'hears'`;

/**
 * Makes a `pg.Client` that answers no write before `acknowledgeRows` is done with it, whoever sends it and however: the
 * triggers tell the connection of each row that they leave in the outbox, and a query that leaves it outside a transaction
 * is answered only after these were acknowledged; `acknowledgeRows` is not called when there are none. What else a client
 * answers, errors included, is as it was.
 *
 * Cursors, query streams and Query objects run inside `BEGIN … READ ONLY` alone, and read; else `query` throws. In a database
 * whose tracking was not installed, or by a version that tells nothing, each commit waits until it may be served to nobody.
 *
 * @example
 * const Client = acknowledgingClient((rows) => lease.acknowledge(rows));
 * const pool = new pg.Pool({ connectionString, Client });
 * await pool.query('delete from data.people'); // answered when no cache gives these people out any more
 */
export function acknowledgingClient(acknowledgeRows: Acknowledge): typeof pg.Client {
  return class AcknowledgingClient extends pg.Client {
    readonly #readOnly = new ReadOnlyTracking();
    readonly #noticed = new NoticedRows();
    /** Asked as soon as there is a connection. */
    #triggersTell = false;
    /** This connection for who acknowledges: what that asks is not acknowledged in turn. */
    readonly #plain: Queryable = { query: super.query.bind(this) };

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      addStartupOptions(this, hearing);
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: (error: Error | null, client: pg.Client) => void): void;
    override connect(callback?: (error: Error | null, client: pg.Client) => void) {
      if (callback) return this.#connect((error) => callback(error, this));
      return new Promise<pg.Client>((resolve, reject) => {
        this.#connect((error) => (error ? reject(error) : resolve(this)));
      });
    }

    /** A connection that is lost meanwhile says so itself. */
    #connect(connected: (error: Error | null) => void): void {
      super.connect((error: Error | null) => {
        if (error) return connected(error);
        super.query(askTelling, (fault: Error | null, result: Result) => {
          this.#triggersTell = !fault && result.rowCount === 1;
          connected(null);
        });
      });
    }

    override emit(event: string | symbol, ...args: unknown[]): boolean {
      if (event === 'notice' && this.#noticed.note(args[0])) return true;
      return super.emit(event, ...args);
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
      if (this.#readOnly.allows(textOf(query))) return super.query(query);
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
      const answered = this.#readOnly.send(text);
      super.query(config, (error: Error | null, result: Result | Result[]) => {
        const readOnly = answered(error ? undefined : this.getTransactionStatus());
        if (error) {
          this.#failed(text);
          return answer(error);
        }
        const rows = readOnly && !this.#triggersTell ? [] : this.#written(text, result);
        if (rows?.length === 0) return answer(null, result);
        void this.#settle(rows, result, answer);
      });
    }

    /**
     * What was noted stays: it may be of a statement before it in the transaction, or of one that is on its way, since the
     * driver's own errors (a value that cannot be sent) come out of turn. What was rolled back is bumped once more than needed.
     */
    #failed(text: string): void {
      // A part of it may have been committed or prepared.
      if (mayBeSeveral(text) || mayPrepare(text)) this.#noticed.miss();
    }

    /** What a statement that was answered has committed; undefined when that is not known. */
    #written(text: string, result: Result | Result[]): readonly OutboxRow[] | undefined {
      const commands = [result].flat().map(({ command }) => command);
      const isOutside = this.getTransactionStatus() === 'I';
      // COMMIT AND CHAIN, or one of several: what came behind it is not committed yet.
      if (!isOutside) {
        if (commands.length > 1 && commands.includes('PREPARE')) this.#noticed.miss();
        return commands.includes('COMMIT') ? undefined : [];
      }
      const rows = this.#noticed.take();
      if (commands.length === 1 && (commands[0] === 'ROLLBACK' || commands[0] === 'PREPARE')) return [];
      // Of what is prepared the rows must not count as bumped.
      const isPrepared =
        commands.includes('PREPARE') || (text === '' ? commands.includes('COMMIT') : mayCommitPrepared(text));
      return this.#triggersTell && !isPrepared ? rows : undefined;
    }

    /** Answers on a tick of its own, so that what a callback throws surfaces as it does from the driver. */
    async #settle(rows: readonly OutboxRow[] | undefined, result: Result | Result[], answer: Callback) {
      try {
        await acknowledgeRows(rows, this.#plain);
        process.nextTick(answer, null, result);
      } catch (error) {
        process.nextTick(answer, error);
      }
    }
  };
}
