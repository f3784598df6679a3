import type { TransactionStatus } from 'pg';
import {
  mayLeaveReadOnly,
  surelyBeginsReadOnly,
  surelyOnlyEnds,
  surelyReads,
} from '../connection/transaction-words.ts';

/**
 * Knows of one connection whether a transaction was begun READ ONLY, in which what sends itself (a cursor) writes nothing. It
 * goes by what was answered, in that order; what was only sent may have failed (behind a failed BEGIN each statement is a
 * transaction of its own). Where it is not certain it says no.
 */
export class ReadOnlyTracking {
  /** After the last answer; undefined after an error, whose status comes later. */
  #status: TransactionStatus | undefined = 'I';
  #open = false;
  /** Whether the statement sent next falls into a READ ONLY transaction, if all that was sent before goes well. */
  #expected = false;

  /** Whether such a transaction is open, what was sent since keeps it so, and so does this text. */
  allows(text: string): boolean {
    return this.#expected && this.#open && surelyReads(text) && !mayLeaveReadOnly(text);
  }

  /**
   * Takes note of a statement that is being sent.
   * @returns to be called when it is answered, with the connection's status then, or nothing for an error; says whether
   *   the statement did no more than end a READ ONLY transaction
   */
  send(text: string): (status?: TransactionStatus) => boolean {
    const begins = surelyBeginsReadOnly(text);
    const leaves = !begins && (this.#expected || this.#open) && mayLeaveReadOnly(text);
    if (begins) this.#expected = true;
    else if (leaves) this.#expected = false;
    return (status) => {
      const [before, wasOpen] = [this.#status, this.#open];
      this.#status = status;
      if (begins) this.#open = before === 'I' && status === 'T';
      else if (leaves || status !== 'T') this.#open = false;
      return wasOpen && status === 'I' && surelyOnlyEnds(text);
    };
  }
}
