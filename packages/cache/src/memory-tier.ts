import type { Token } from './authority.ts';

/** A value as a tier holds it. */
export interface Stored<Value> {
  readonly value: Value;
  readonly token: Token;
  /** What the value is counted under in the statistics. */
  readonly namespace: string;
  /** When it is no longer fresh, in milliseconds of the cache's clock. */
  readonly expires: number;
  /** What the value takes; the tier adds what keeping it takes. */
  readonly bytes: number;
}

export interface MemoryTierOptions {
  /** What all values together may take, their keys and the keeping included, in bytes. 0 holds nothing. */
  readonly maxBytes: number;
  /** Told of every value that comes (1) or goes (-1), and of its bytes. */
  onChange?: (this: void, namespace: string, entries: 1 | 0 | -1, bytes: number) => void;
}

/**
 * What an entry takes besides key and value, in bytes: the map's slot, the objects around the value and its token. With the
 * key's part it makes 886 for a key of 93 characters; 200,000 such entries took 850 each on the heap (Node 24).
 */
const overhead = 700;

/** Values in this process's memory, bounded in bytes; the one used longest ago goes first. */
export class MemoryTier<Value> {
  /** What all may take, in bytes. */
  readonly #maxBytes: number;
  readonly #onChange: NonNullable<MemoryTierOptions['onChange']>;
  readonly #entries = new Map<string, Stored<Value>>();
  #bytes = 0;

  constructor({ maxBytes, onChange = () => undefined }: MemoryTierOptions) {
    this.#maxBytes = maxBytes;
    this.#onChange = onChange;
  }

  /** What is held, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many values are held. */
  get entries(): number {
    return this.#entries.size;
  }

  /** The value held, fresh or not; it is then the one used last. */
  get(key: string): Stored<Value> | undefined {
    const stored = this.#entries.get(key);
    if (stored) {
      this.#entries.delete(key);
      this.#entries.set(key, stored);
    }
    return stored;
  }

  /** Holds a value; one that alone is more than the tier may hold is not held. */
  set(key: string, stored: Stored<Value>): void {
    this.delete(key);
    const bytes = weigh(key, stored);
    if (bytes > this.#maxBytes) return;
    this.#entries.set(key, stored);
    this.#count(stored, 1, bytes);
    this.#evict();
  }

  /** Notes that a held value takes more or less than it did; nothing when it is held no longer. */
  reweigh(key: string, value: Value, bytes: number): void {
    const stored = this.#entries.get(key);
    if (stored?.value !== value) return;
    this.#entries.set(key, { ...stored, bytes });
    this.#count(stored, 0, bytes - stored.bytes);
    this.#evict();
  }

  delete(key: string): void {
    const stored = this.#entries.get(key);
    if (!stored) return;
    this.#entries.delete(key);
    this.#count(stored, -1, -weigh(key, stored));
  }

  #evict(): void {
    for (const key of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.delete(key);
    }
  }

  #count({ namespace }: Stored<Value>, entries: 1 | 0 | -1, bytes: number): void {
    this.#bytes += bytes;
    this.#onChange(namespace, entries, bytes);
  }
}

/** A character of a key takes two bytes at most; one of ASCII, as canonicalKey writes, takes one. */
function weigh(key: string, { bytes }: Stored<unknown>): number {
  return overhead + 2 * key.length + bytes;
}
