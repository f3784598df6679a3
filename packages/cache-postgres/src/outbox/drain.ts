import { succeeds } from '../authority/succeeds.ts';
import type { Queryable } from '../connection/queryable.ts';
import { type Bumps, bumpRows, type OnBumped } from './bump-rows.ts';
import { deleteRows, type WaitingRow, waitingRows } from './outbox.ts';
import { RowAges } from './row-ages.ts';

/** What a look through the outbox takes for itself. */
export interface Share {
  /** When the look was sent, in milliseconds that only grow. */
  readonly sent: number;
  /** Rows that nobody else bumps, as psql leaves them. */
  readonly unmarked: boolean;
  /** Milliseconds after which rows count as left behind that a process is about to bump itself. */
  readonly grace: number;
}

/** Bumps what others wrote and left in the outbox, and deletes what was bumped. */
export class Drain {
  readonly #authority: Bumps;
  readonly #onBumped: OnBumped;
  /** Rows that were bumped here and are still to be deleted. */
  readonly #bumped = new Set<string>();
  readonly #ages = new RowAges();

  constructor(authority: Bumps, onBumped: OnBumped) {
    this.#authority = authority;
    this.#onBumped = onBumped;
  }

  /** This process has bumped them. */
  bumped(ids: readonly string[]): void {
    for (const id of ids) this.#bumped.add(id);
  }

  /** What was bumped here may have been forgotten, or its rows' numbers begun anew. */
  forget(): void {
    this.#bumped.clear();
  }

  /** Deletes what was bumped here. */
  async deleteBumped(client: Queryable): Promise<void> {
    const bumped = [...this.#bumped];
    await deleteRows(client, bumped);
    for (const id of bumped) this.#bumped.delete(id);
  }

  /**
   * Looks through the outbox. When it returns what to do next, everything that was committed before this was sent is
   * bumped, apart from marked rows that had waited for less than the grace; undefined when the authority is away, for which
   * the rows wait.
   * @returns deletes what was bumped
   */
  async look(
    client: Queryable,
    { sent, unmarked, grace }: Share,
  ): Promise<(() => Promise<void>) | undefined> {
    await this.deleteBumped(client);
    const left: string[] = [];
    const isDue = ({ id, marked }: WaitingRow) =>
      (unmarked && !marked) || this.#bumped.has(id) || sent - this.#ages.bornAfter(id) >= grace;
    for await (const rows of waitingRows(client)) {
      const due: WaitingRow[] = [];
      for (const row of rows)
        if (isDue(row)) due.push(row);
        else left.push(row.id);
      const missed = due.filter(({ id }) => !this.#bumped.has(id));
      if (!(await succeeds(() => bumpRows(this.#authority, missed, this.#onBumped)))) return undefined;
      // Noted at once: when the authority is away for the next batch, this one need not be bumped again.
      this.bumped(missed.map(({ id }) => id));
    }
    this.#ages.looked(sent, left);
    return () => this.deleteBumped(client);
  }
}
