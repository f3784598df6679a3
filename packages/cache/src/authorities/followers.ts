import type { Change, Following, Position } from '../authority.ts';

/** Who follows an authority. One that throws is warned of, and breaks no write. */
export class Followers {
  readonly #all = new Set<Following>();

  get size(): number {
    return this.#all.size;
  }

  /** @param at where it follows from */
  add(following: Following, at: Position | undefined): () => void {
    const own = { ...following }; // so that one that is added twice is two
    this.#all.add(own);
    warned(() => own.onGap(at));
    return () => this.#all.delete(own);
  }

  /** @param make called only if somebody follows */
  bumped(make: () => Change): void {
    if (this.#all.size === 0) return;
    const change = make();
    for (const { onBump } of this.#all) warned(() => onBump(change));
  }

  gap(at: Position | undefined): void {
    for (const { onGap } of this.#all) warned(() => onGap(at));
  }
}

function warned(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : new Error(String(error)));
  }
}
