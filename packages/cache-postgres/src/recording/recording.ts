import type { Tag } from '@vif/cache';
import { startsWithEnd } from '../connection/transaction-words.ts';
import { dependedOn } from '../dependencies/depended-on.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { Term } from '../dependencies/terms.ts';
import type { Meanings } from './meanings.ts';

/** A statement that a load sent. */
interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly connection: RecordedConnection;
  answered: boolean;
}

/** A connection, as far as a load's statements on it go. */
export interface RecordedConnection {
  /** What statements mean on it. */
  meanings(this: void): Promise<Meanings>;
}

/** All that one load sent, in order. */
export class Recording {
  readonly #statements: SentStatement[] = [];
  #refused: string | undefined;
  #ended = false;

  /** Whether what is sent now is no part of it any more. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Takes note of a statement before it is sent.
   * @param values as they will be sent: nobody changes them any more
   * @returns to be called when it was answered, with whether that was an error
   */
  sent(connection: RecordedConnection, text: string, values: readonly unknown[]): (failed: boolean) => void {
    const statement: SentStatement = { text, values, connection, answered: false };
    this.#statements.push(statement);
    return (failed) => {
      statement.answered = true;
      if (failed) this.refuse('one of its statements failed');
    };
  }

  /** What it depends on cannot be known; the first reason is the one that is said. */
  refuse(reason: string): void {
    this.#refused ??= reason;
  }

  /** What the load depends on, when it has ended. Never rejects. */
  async end(): Promise<{ tags: readonly Tag[]; refused: string | undefined }> {
    this.#ended = true;
    const tags = new Set<Tag>();
    try {
      // Nobody need wait for the answer to COMMIT.
      const unanswered = this.#statements.find(({ answered, text }) => !answered && !startsWithEnd(text));
      if (unanswered) this.refuse('it did not wait for the answer to a statement');
      if (this.#refused === undefined) await this.#depend(tags);
    } catch (error) {
      this.refuse(
        error instanceof Refusal
          ? error.message
          : `the database's tables could not be read: ${String(error)}`,
      );
    }
    return { tags: this.#refused === undefined ? [...tags] : [], refused: this.#refused };
  }

  async #depend(tags: Set<Tag>): Promise<void> {
    /** Of each connection, what its open transaction was set to; undefined while none is open. */
    const transactions = new Map<RecordedConnection, Map<string, string> | undefined>();
    for (const { connection, text, values } of this.#statements) {
      const understood = (await connection.meanings()).of(text);
      const known = transactions.get(connection);
      if (understood.kind === 'refused') throw new Refusal(`${understood.reason} (${excerpt(text)})`);
      if (understood.kind === 'transaction') {
        if (understood.does === 'begin' && !understood.readOnly)
          throw new Refusal('it begins a transaction that may write: begin it READ ONLY, or leave BEGIN out');
        // A transaction's own settings end with it; those since a savepoint may.
        if (understood.does === 'begin') transactions.set(connection, known ?? new Map());
        else if (understood.does === 'part') known?.clear();
        else transactions.delete(connection);
      } else if (understood.kind === 'settings') {
        if (known) for (const { name, to } of understood.set) set(known, name, to, values);
      } else for (const tag of dependedOn(understood, { values, settings: known ?? none })) tags.add(tag);
    }
  }
}

const none: ReadonlyMap<string, string> = new Map();

function set(known: Map<string, string>, name: string, to: Term, values: readonly unknown[]): void {
  const value = 'literal' in to ? to.literal : 'parameter' in to ? values[to.parameter - 1] : undefined;
  if (typeof value === 'string') known.set(name, value);
  else known.delete(name);
}

/** Characters of a statement that a reason quotes, without the values in it. */
const quoted = 80;

function excerpt(text: string): string {
  const line = text
    .replaceAll(/'(?:[^']|'')*'/g, "'…'")
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > quoted ? `${line.slice(0, quoted)}…` : line;
}
