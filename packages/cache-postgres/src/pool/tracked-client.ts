import { AsyncResource } from 'node:async_hooks';
import type pg from 'pg';
import { type Acknowledge, acknowledgingClient, hearing } from '../acknowledging/acknowledging-client.ts';
import { isSubmittable, type Result, readStatement, textOf } from '../acknowledging/statement.ts';
import { mayBegin, surelyEndsWhole } from '../connection/transaction-words.ts';
import type { Catalogues } from '../recording/catalogues.ts';
import type { RecordedConnection, Recording } from '../recording/recording.ts';
import { recordings } from '../recording/recordings.ts';
import { altersSession } from './alters-session.ts';

export interface TrackedClientOptions {
  /** Told what a write changed, before who made it is answered. */
  readonly acknowledge: Acknowledge;
  readonly catalogues: Catalogues;
}

/**
 * Makes a `pg.Client` that answers no write before it is acknowledged (see `acknowledgingClient`), and that tells the
 * load a statement is part of what was sent.
 */
export function trackedClient({ acknowledge, catalogues }: TrackedClientOptions): typeof pg.Client {
  return class TrackedClient extends acknowledgingClient(acknowledge) {
    readonly #recorded: RecordedConnection;
    /** The load that sent the last statement. */
    #by: Recording | undefined;
    #inTransaction = false;
    #altered = false;
    #standby = false;

    constructor(config: string | pg.ClientConfig = {}) {
      const given = typeof config === 'string' ? { connectionString: config } : config;
      super(given);
      const key = keyOf(this);
      this.#recorded = { meanings: () => catalogues.of(key, given) };
      this.connection.on('parameterStatus', (status: { parameterName: string; parameterValue: string }) => {
        if (status.parameterName === 'in_hot_standby') this.#standby = status.parameterValue === 'on';
      });
    }

    override query(config: unknown, values?: unknown, callback?: unknown): never {
      const recording = recordings.getStore();
      const by = recording?.ended ? undefined : recording;
      if (this.#by !== by) {
        // Outside a transaction each statement stands for itself, whoever sent the one before.
        if (this.#by && !this.#by.ended && this.#isOpen())
          for (const one of [this.#by, by]) one?.refuse('it shares a transaction with other work');
        const unfit = by && this.#unfit();
        if (unfit !== undefined) by?.refuse(unfit);
        this.#by = by;
      }
      // In the driver's forms, one of which came in: what goes out is what that asked for.
      return (
        by ? this.#record(by, config, values, callback) : this.#pass(config, values, callback)
      ) as never;
    }

    #pass(config: unknown, values: unknown, callback: unknown): unknown {
      const text = typeof config === 'string' ? config : textOf(config);
      this.#follow(text);
      return this.#ask([config, values, callback]);
    }

    /** Who is answered goes on in the load that asked, whoever's turn it was that had a connection to give. */
    #record(by: Recording, config: unknown, values: unknown, callback: unknown): unknown {
      if (isSubmittable(config)) {
        by.refuse('it reads through a cursor');
        return this.#pass(config, values, callback);
      }
      const { text, config: settings, answer } = readStatement(config, values, callback);
      if (Array.isArray(settings.types)) by.refuse('it says the types of its parameters');
      const noted = { ...settings, values: settings.values?.map(copyOf) };
      const answered = by.sent(this.#recorded, text, noted.values ?? []);
      this.#follow(text);
      if (answer) {
        const bound = AsyncResource.bind(answer);
        return this.#ask([
          noted,
          (error: Error | null, result?: Result | Result[]) => {
            answered(error !== null);
            bound(error, result);
          },
        ]);
      }
      const asked = this.#ask([noted]) as Promise<unknown>; // what the driver answers without a callback
      asked.then(
        () => answered(false),
        () => answered(true),
      );
      return asked;
    }

    #ask(args: readonly unknown[]): unknown {
      // oxlint-disable-next-line typescript/unbound-method -- applied to this
      const answer: unknown = Reflect.apply(super.query, this, args);
      return answer;
    }

    #follow(text: string): void {
      if (mayBegin(text)) this.#inTransaction = true;
      else if (surelyEndsWhole(text)) this.#inTransaction = false;
      this.#altered ||= altersSession(text);
    }

    #isOpen(): boolean {
      return this.#inTransaction || (this.getTransactionStatus() ?? 'I') !== 'I';
    }

    /** Why a load that asks now would be told something else than by another connection. */
    #unfit(): string | undefined {
      if (this.#isOpen()) return 'it runs in a transaction that was begun before it';
      if (this.#altered)
        return 'its connection was altered before, as by SET: give settings when it connects';
      return this.#standby ? 'it is answered by a standby, which may be behind' : undefined;
    }
  };
}

/** Equal for connections on which names mean the same. */
function keyOf(client: pg.Client): string {
  // The driver's own property, which its types leave out: what it puts together of configuration, address and environment.
  const { connectionParameters } = client as pg.Client & { connectionParameters: { options?: string } };
  const { host, port, database, user } = client;
  const options = connectionParameters.options?.replace(hearing, '');
  return JSON.stringify([host, port, database, user, options]);
}

/** The driver writes values out when their turn comes; what is changed until then in an array must not be sent. */
function copyOf(value: unknown): unknown {
  return Array.isArray(value) ? Array.from(value) : value;
}
