/** What a queue holds: it knows its neighbours, so that it leaves from anywhere without a search. */
export interface Queued<Entry> {
  /** What it counts for, in bytes; while it is in a queue only `resize` changes it. */
  bytes: number;
  older: Entry | undefined;
  newer: Entry | undefined;
}

/**
 * Entries in the order in which they came. Every call takes the same time however many there are, and allocates nothing.
 *
 * @example
 * queue.append(entry);
 * queue.oldest === entry; // when it was empty
 */
export class FifoQueue<Entry extends Queued<Entry>> {
  #oldest: Entry | undefined;
  #newest: Entry | undefined;
  #bytes = 0;
  #entries = 0;

  get oldest(): Entry | undefined {
    return this.#oldest;
  }

  /** What all entries count for, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  get entries(): number {
    return this.#entries;
  }

  /** Takes in an entry that is in no queue. */
  append(entry: Entry): void {
    entry.older = this.#newest;
    if (this.#newest) this.#newest.newer = entry;
    else this.#oldest = entry;
    this.#newest = entry;
    this.#bytes += entry.bytes;
    this.#entries++;
  }

  /** Notes that an entry of this queue counts for more or less than it did. */
  resize(entry: Entry, bytes: number): void {
    this.#bytes += bytes - entry.bytes;
    entry.bytes = bytes;
  }

  /** Lets go of an entry that is in this queue. */
  remove(entry: Entry): void {
    const { older, newer } = entry;
    if (older) older.newer = newer;
    else this.#oldest = newer;
    if (newer) newer.older = older;
    else this.#newest = older;
    // Else what was let go would keep its neighbours alive.
    entry.older = undefined;
    entry.newer = undefined;
    this.#bytes -= entry.bytes;
    this.#entries--;
  }
}
