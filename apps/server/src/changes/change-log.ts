import { hash } from 'node:crypto';
import type { Authority, Change, Position, Tag } from '@vif/cache';

/** A bump, with its position as clients are told it. */
export interface Logged {
  readonly at: string;
  readonly sequence: number;
  readonly tags: readonly Tag[];
}

/** Told of each bump, and of a gap: undefined. */
export type Listener = (logged: Logged | undefined) => void;

export interface ChangeLogLimits {
  /** Changes kept for who comes back. */
  readonly most: number;
  /** Characters of their tags. */
  readonly characters: number;
}

/** Some minutes of a busy house; 4 MB at most. */
const usual: ChangeLogLimits = { most: 5000, characters: 2_000_000 };

/**
 * The recent bumps of the authority, for who follows them and for who comes back after a while.
 * States: away (nothing can be said of what changed) → following; a gap forgets what was kept.
 */
export class ChangeLog {
  readonly #limits: ChangeLogLimits;
  readonly #listeners = new Set<Listener>();
  readonly #stop: (() => void) | undefined;
  #kept: Logged[] = [];
  #characters = 0;
  /** Bumps up to here are not kept. */
  #floor = 0;
  #epoch = '';
  #epochName = '';
  #at: string | undefined;

  constructor(authority: Pick<Authority, 'follow'>, limits: ChangeLogLimits = usual) {
    this.#limits = limits;
    this.#stop = authority.follow?.({
      onBump: (change) => this.#add(change),
      onGap: (at) => this.#begin(at),
    });
  }

  /** Up to where changes are known; undefined while that cannot be said. Every bump up to it is in a read that starts now. */
  get at(): string | undefined {
    return this.#at;
  }

  /** Returns how to stop. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What was bumped since a position; undefined where that is no longer known. */
  since(position: string): readonly Logged[] | undefined {
    if (this.#at === undefined) return undefined;
    const dot = position.indexOf('.');
    const sequence = Number(position.slice(dot + 1));
    if (position.slice(0, dot) !== this.#epochName || !(sequence >= this.#floor)) return undefined;
    let from = this.#kept.length;
    while (from > 0 && (this.#kept[from - 1]?.sequence ?? 0) > sequence) from--;
    return this.#kept.slice(from);
  }

  close(): void {
    this.#stop?.();
  }

  #add({ epoch, sequence, tags }: Change): void {
    if (epoch !== this.#epoch) return this.#begin({ epoch, sequence });
    this.#at = `${this.#epochName}.${sequence}`;
    const logged: Logged = { at: this.#at, sequence, tags };
    this.#kept.push(logged);
    this.#characters += charactersOf(logged);
    if (this.#kept.length > this.#limits.most || this.#characters > this.#limits.characters) this.#letGo();
    for (const listener of this.#listeners) listener(logged);
  }

  /** Of the oldest as much that it need not be done at each bump. */
  #letGo(): void {
    const { most, characters } = this.#limits;
    let gone = 0;
    while (
      gone < this.#kept.length &&
      (this.#kept.length - gone > 0.75 * most || this.#characters > 0.75 * characters)
    ) {
      const oldest = this.#kept[gone++];
      if (!oldest) break;
      this.#characters -= charactersOf(oldest);
      this.#floor = oldest.sequence;
    }
    this.#kept = this.#kept.slice(gone);
  }

  #begin(position: Position | undefined): void {
    this.#kept = [];
    this.#characters = 0;
    if (position) {
      this.#epoch = position.epoch;
      // An epoch of Redis's names its process.
      this.#epochName = hash('sha256', position.epoch, 'base64url').slice(0, 8);
      this.#floor = position.sequence;
    }
    this.#at = position && `${this.#epochName}.${position.sequence}`;
    for (const listener of this.#listeners) listener(undefined);
  }
}

function charactersOf({ tags }: Logged): number {
  return tags.reduce((sum, tag) => sum + tag.length, 0);
}
