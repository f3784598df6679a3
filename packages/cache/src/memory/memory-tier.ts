import type { OnChange, Stored, Tier } from '../tier.ts';
import { FifoQueue, type Queued } from './fifo-queue.ts';
import { Ghosts, hashOf } from './ghosts.ts';

export interface MemoryTierOptions {
  /** What all values together may take, in bytes: their keys, the keeping and the ghosts included. 0 holds nothing. */
  readonly maxBytes: number;
  /** How many values may be held; as many as fit unless given. 0 holds nothing. */
  readonly maxEntries?: number;
}

interface Entry<Value> extends Queued<Entry<Value>> {
  readonly key: string;
  /** The key's, for the ghosts. */
  readonly hash: number;
  stored: Stored<Value>;
  queue: FifoQueue<Entry<Value>>;
  /** Times it was used since it came into its queue, as far as they count. */
  uses: number;
}

/**
 * What an entry takes besides key and value, in bytes: the map's slot, its place in a queue, the objects around the value
 * and its token. With the key's part it makes 986 for a key of 93 characters. 200,000 such entries took 850 each on the
 * heap before there were queues, which add 88 (Node 24).
 */
const overhead = 800;

/** The part of the room from which on the small queue has to give before the main one. */
const smallShare = 0.1;

/** Uses that count: one more does not keep an entry longer. */
const mostUses = 7;

/** A key let go counts as a ghost until so many more went, for each entry held. */
const ghostsPerEntry = 1.5;

/** However large the tier is. */
const mostGhosts = 2 ** 20;

/**
 * Values in this process's memory, bounded in bytes and in number. What goes first is what was not used again, after
 * S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023). An entry's ways:
 *
 * - new → small queue; when it is a *ghost*, that is, was let go from there not long ago → main queue
 * - oldest of the small queue → main queue if it was used there, else let go, and a ghost
 * - oldest of the main queue → its end again, for one use less; let go if it has none left
 *
 * So a scan passes through the small queue and pushes out nothing that is used. A hit only counts. It is told from plain
 * S3-FIFO by what the traces of bench/README.md asked for: one use in the small queue is enough (there two), ghosts are
 * half as many again as entries (there nine tenths), and uses count up to seven (there three).
 */
export class MemoryTier<Value> implements Tier<Value> {
  readonly name = 'memory';
  /** What all may take, in bytes, the ghosts apart. */
  readonly #maxBytes: number;
  readonly #maxEntries: number;
  #onChange: OnChange = () => undefined;
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #small = new FifoQueue<Entry<Value>>();
  readonly #main = new FifoQueue<Entry<Value>>();
  readonly #ghosts: Ghosts;

  constructor({ maxBytes, maxEntries = Infinity }: MemoryTierOptions) {
    const most = Math.min(maxEntries, Math.floor(maxBytes / overhead));
    this.#ghosts = new Ghosts(Math.min(most * ghostsPerEntry, mostGhosts));
    this.#maxBytes = maxBytes - this.#ghosts.bytes;
    this.#maxEntries = maxEntries;
  }

  countWith(onChange: OnChange): void {
    this.#onChange = onChange;
  }

  /** What is held, in bytes. */
  get bytes(): number {
    return this.#small.bytes + this.#main.bytes;
  }

  /** How many values are held. */
  get entries(): number {
    return this.#entries.size;
  }

  /** The value held, fresh or not; it then counts as used. */
  get(key: string): Stored<Value> | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.uses < mostUses) entry.uses++;
    return entry.stored;
  }

  /** Holds a value; one that alone is more than the tier may hold is not held. One of a key that is held keeps its uses. */
  set(key: string, stored: Stored<Value>): void {
    const held = this.#entries.get(key);
    if (held) {
      this.#replace(held, stored);
      return;
    }
    const bytes = weigh(key, stored);
    if (bytes > this.#maxBytes || this.#maxEntries < 1) return;
    // Asked before room is made: what goes now would push the window on.
    const hash = hashOf(key);
    const known = this.#ghosts.recall(hash, this.#entries.size * ghostsPerEntry);
    this.#makeRoom(bytes, 1);
    const queue = known ? this.#main : this.#small;
    const entry: Entry<Value> = {
      key,
      hash,
      stored,
      bytes,
      queue,
      uses: 0,
      older: undefined,
      newer: undefined,
    };
    this.#entries.set(key, entry);
    queue.append(entry);
    this.#onChange(stored.namespace, 1, bytes);
  }

  /** Notes that a held value takes more or less than it did; nothing when it is held no longer. */
  reweigh(key: string, value: Value, bytes: number): void {
    const entry = this.#entries.get(key);
    if (entry?.stored.value === value) this.#replace(entry, { ...entry.stored, bytes });
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) this.#letGo(entry);
  }

  clear(prefix: string): void {
    for (const [key, entry] of this.#entries) if (key.startsWith(prefix)) this.#letGo(entry);
  }

  /** Gives an entry another value. It keeps its place unless others have to go: it must not go to make room for itself. */
  #replace(entry: Entry<Value>, stored: Stored<Value>): void {
    const bytes = weigh(entry.key, stored);
    if (bytes > this.#maxBytes) {
      this.#letGo(entry);
      return;
    }
    const { namespace } = entry.stored;
    const more = bytes - entry.bytes;
    entry.stored = stored;
    if (this.bytes + more <= this.#maxBytes) {
      entry.queue.resize(entry, bytes);
    } else {
      entry.queue.remove(entry);
      this.#makeRoom(bytes, 0);
      entry.bytes = bytes;
      entry.queue.append(entry);
    }
    if (namespace === stored.namespace) {
      this.#onChange(namespace, 0, more);
    } else {
      this.#onChange(namespace, -1, more - bytes);
      this.#onChange(stored.namespace, 1, bytes);
    }
  }

  /** Lets go of entries until so much more fits. */
  #makeRoom(bytes: number, entries: 0 | 1): void {
    while (this.bytes + bytes > this.#maxBytes || this.entries + entries > this.#maxEntries) {
      const small = this.#small.oldest;
      const main = this.#main.oldest;
      if (small && (!main || this.#smallIsFull())) this.#leaveSmall(small);
      else if (main) this.#leaveMain(main);
      else return;
    }
  }

  #smallIsFull(): boolean {
    return (
      this.#small.bytes >= this.#maxBytes * smallShare || this.#small.entries >= this.#maxEntries * smallShare
    );
  }

  #leaveSmall(entry: Entry<Value>): void {
    if (entry.uses > 0) {
      this.#small.remove(entry);
      entry.uses = 0;
      entry.queue = this.#main;
      this.#main.append(entry);
    } else {
      this.#letGo(entry);
      this.#ghosts.remember(entry.hash);
    }
  }

  #leaveMain(entry: Entry<Value>): void {
    if (entry.uses > 0) {
      entry.uses--;
      this.#main.remove(entry);
      this.#main.append(entry);
    } else {
      this.#letGo(entry);
    }
  }

  #letGo(entry: Entry<Value>): void {
    this.#entries.delete(entry.key);
    entry.queue.remove(entry);
    this.#onChange(entry.stored.namespace, -1, -entry.bytes);
  }
}

/** A character of a key takes two bytes at most; one of ASCII, as canonicalKey writes, takes one. */
function weigh(key: string, { bytes }: Stored<unknown>): number {
  return overhead + 2 * key.length + bytes;
}
