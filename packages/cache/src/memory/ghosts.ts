/** A hash and a time, 32 bits each. */
const bytesPerSlot = 8;

/** Slots in which a hash may stand. A fixed number: no choice of keys makes a look longer. */
const slotsPerBucket = 8;

/** Slots for each ghost: with as many slots as ghosts, full buckets would push out too many before their time. */
const slotsPerGhost = 4 / 3;

/**
 * Keys that were let go not long ago, as hashes of 32 bits (`hashOf`), in memory that is allocated once. Two keys may share a hash,
 * and a full bucket forgets its oldest early: what a ghost says is a hint, never a fact.
 *
 * @example
 * ghosts.remember(hashOf('a'));
 * ghosts.recall(hashOf('a'), 10); // true: it was among the last ten
 * ghosts.recall(hashOf('a'), 10); // false: recalled once, it is no ghost any more
 */
export class Ghosts {
  readonly #buckets: number;
  readonly #hashes: Int32Array;
  /** By slot, the number of the key that was remembered there; 0 is nobody's. */
  readonly #times: Uint32Array;
  #time = 0;

  /** @param most how many it remembers at most, about */
  constructor(most: number) {
    this.#buckets = Math.max(1, Math.ceil((most * slotsPerGhost) / slotsPerBucket));
    this.#hashes = new Int32Array(this.#buckets * slotsPerBucket);
    this.#times = new Uint32Array(this.#buckets * slotsPerBucket);
  }

  /** What it takes however many it remembers, in bytes. */
  get bytes(): number {
    return this.#hashes.length * bytesPerSlot;
  }

  remember(hash: number): void {
    const first = this.#firstSlot(hash);
    let oldest = first;
    for (let slot = first; slot < first + slotsPerBucket; slot++) {
      if (this.#timeAt(slot) < this.#timeAt(oldest)) oldest = slot;
    }
    this.#tick();
    this.#hashes[oldest] = hash;
    this.#times[oldest] = this.#time;
  }

  /** Whether a key is among the last `window` that were remembered; it is then forgotten. */
  recall(hash: number, window: number): boolean {
    const first = this.#firstSlot(hash);
    for (let slot = first; slot < first + slotsPerBucket; slot++) {
      const time = this.#timeAt(slot);
      if (time === 0 || this.#hashes[slot] !== hash || this.#time - time >= window) continue;
      this.#times[slot] = 0;
      return true;
    }
    return false;
  }

  /** The next time; where 32 bits end, everything is forgotten and it begins again. */
  #tick(): void {
    if (this.#time === 2 ** 32 - 1) {
      this.#times.fill(0);
      this.#time = 0;
    }
    this.#time++;
  }

  #firstSlot(hash: number): number {
    return ((hash >>> 0) % this.#buckets) * slotsPerBucket;
  }

  #timeAt(slot: number): number {
    // A slot of a bucket is one of the array's.
    return this.#times[slot] as number;
  }
}

/** A key as 32 bits: FNV-1a over its UTF-16 units, and a last mixing, as the bucket is taken from all bits. */
export function hashOf(key: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01_00_01_93);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  return hash ^ (hash >>> 13);
}
