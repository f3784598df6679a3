import type { OutboxRow } from '../outbox/outbox-row.ts';

/** How triggers begin what they tell the connection that writes (`vif_cache.emit`). */
const prefix = 'vif_cache ';
/** Rows that are kept of one transaction, and tags of theirs. */
const most = { rows: 10_000, tags: 100_000 } as const;

/** The rows that the triggers of the open transaction told its connection of, each before its statement was answered. */
export class NoticedRows {
  #rows: OutboxRow[] = [];
  #tags = 0;
  #isComplete = true;

  /** Whether a notice of the driver's tells of a row, which is noted then. */
  note(notice: unknown): boolean {
    const message = typeof notice === 'object' && notice && 'message' in notice ? notice.message : undefined;
    if (typeof message !== 'string' || !message.startsWith(prefix)) return false;
    const row = readRow(message.slice(prefix.length));
    if (!row) return false;
    if (!this.#isComplete) return true;
    this.#tags += row.tags.length;
    if (this.#rows.length < most.rows && this.#tags <= most.tags) this.#rows.push(row);
    else this.miss();
    return true;
  }

  /** What was noted is not all that was written, or more. */
  miss(): void {
    [this.#rows, this.#tags, this.#isComplete] = [[], 0, false];
  }

  /** All rows of the transaction that ended, of none any more then; undefined when that is not known. */
  take(): readonly OutboxRow[] | undefined {
    const rows = this.#isComplete ? this.#rows : undefined;
    if (rows?.length !== 0) [this.#rows, this.#tags, this.#isComplete] = [[], 0, true];
    return rows;
  }
}

/** What `vif_cache.emit` puts together; undefined for what somebody else says that begins alike. */
function readRow(json: string): OutboxRow | undefined {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(read)) return undefined;
  const [id, tags, table, operation, transaction] = read as unknown[]; // whatever JSON there is
  if (typeof id !== 'string' || !/^\d+$/.test(id) || !areTexts(tags)) return undefined;
  return {
    id,
    tags,
    ...(typeof table === 'string' && { table }),
    ...(typeof operation === 'string' && { operation }),
    ...(typeof transaction === 'string' && { transaction }),
  };
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
