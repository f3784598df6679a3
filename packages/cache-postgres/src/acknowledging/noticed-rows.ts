import type { OutboxRow } from '../outbox/outbox-row.ts';

/** How triggers begin what they tell the connection that writes (`vif_cache.emit`). */
const prefix = 'vif_cache ';
/** Rows that are kept of one transaction. */
const most = 10_000;

/** The rows that the triggers of the open transaction told its connection of, each before its statement was answered. */
export class NoticedRows {
  #rows: OutboxRow[] = [];
  #isComplete = true;

  /** Whether a notice of the driver's tells of a row, which is noted then. */
  note(notice: unknown): boolean {
    const message = typeof notice === 'object' && notice && 'message' in notice ? notice.message : undefined;
    if (typeof message !== 'string' || !message.startsWith(prefix)) return false;
    if (this.#rows.length < most) this.#rows.push(readRow(message.slice(prefix.length)));
    else this.miss();
    return true;
  }

  /** What was noted is not all that was written, or more. */
  miss(): void {
    [this.#rows, this.#isComplete] = [[], false];
  }

  /** What was noted concerns nobody any more. */
  forget(): void {
    if (this.#rows.length > 0) this.#rows = [];
    this.#isComplete = true;
  }

  /** All rows of the transaction that ended, of none any more then; undefined when that is not known. */
  take(): readonly OutboxRow[] | undefined {
    const rows = this.#isComplete ? this.#rows : undefined;
    this.forget();
    return rows;
  }
}

function readRow(json: string): OutboxRow {
  // What `vif_cache.emit` puts together.
  const [id, tags, table, operation, transaction] = JSON.parse(json) as [
    string,
    string[],
    string | null,
    string,
    string,
  ];
  return { id, tags, ...(table !== null && { table }), operation, transaction };
}
