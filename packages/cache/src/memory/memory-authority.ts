import { randomUUID } from 'node:crypto';
import { distinctTags } from '../authorities/distinct-tags.ts';
import { Followers } from '../authorities/followers.ts';
import type { Authority, Following, Position, Tag, Token, Verdict } from '../authority.ts';

export interface MemoryAuthorityOptions {
  /** How many tags it remembers the last bump of; some 120 bytes each where a tag has 58 characters. */
  readonly capacity?: number;
}

/**
 * The authority of one process. It remembers the tags bumped last; of those it let go it keeps only how far their bumps
 * reached, and a token from before that floor is `forgotten`.
 */
export class MemoryAuthority implements Authority {
  readonly #capacity: number;
  readonly #lastBumps = new Map<Tag, number>();
  readonly #followers = new Followers();
  #epoch: string = randomUUID();
  #sequence = 0;
  #floor = 0;

  constructor({ capacity = 100_000 }: MemoryAuthorityOptions = {}) {
    this.#capacity = capacity;
  }

  position(): Position {
    return { epoch: this.#epoch, sequence: this.#sequence };
  }

  check({ epoch, sequence, tags }: Token): Verdict {
    if (epoch !== this.#epoch || sequence < this.#floor) return 'forgotten';
    for (const tag of tags) {
      const last = this.#lastBumps.get(tag);
      if (last !== undefined && last > sequence) return 'outdated';
    }
    return 'current';
  }

  bump(tags: Iterable<Tag>): Position {
    const changed = distinctTags(tags);
    const sequence = ++this.#sequence;
    for (const tag of changed) {
      this.#lastBumps.delete(tag); // so that the map's first is the tag whose bump is the oldest
      this.#lastBumps.set(tag, sequence);
    }
    for (const [tag, last] of this.#lastBumps) {
      if (this.#lastBumps.size <= this.#capacity) break;
      this.#floor = last;
      this.#lastBumps.delete(tag);
    }
    if (changed.size > 0) this.#followers.bumped(() => ({ ...this.position(), tags: [...changed] }));
    return this.position();
  }

  /** Begins a new epoch: every token given so far is forgotten. For when bumps may have been missed. */
  forget(): void {
    this.#epoch = randomUUID();
    this.#lastBumps.clear();
    this.#sequence = 0;
    this.#floor = 0;
    this.#followers.gap(this.position());
  }

  follow(following: Following): () => void {
    return this.#followers.add(following, this.position());
  }
}
