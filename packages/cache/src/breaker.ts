/** Milliseconds before what is away is tried again, doubled each time up to the longest. */
const pauses = { first: 10, longest: 1000 } as const;

export interface BreakerOptions {
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** Told once at each change. */
  readonly onChange: (state: 'away' | 'back', reason: unknown) => void;
}

/**
 * Keeps callers from waiting for what did not answer. States: well → away (a failure; nobody tries but one after each
 * pause) → well (that one succeeded).
 */
export class Breaker {
  readonly #options: BreakerOptions;
  #away = false;
  #pause: number = pauses.first;
  #tryFrom = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get away(): boolean {
    return this.#away;
  }

  /** Whether this caller may try; true for one in each pause while it is away. */
  mayTry(): boolean {
    if (!this.#away) return true;
    const now = this.#options.clock();
    if (now < this.#tryFrom) return false;
    this.#tryFrom = now + this.#pause;
    this.#pause = Math.min(2 * this.#pause, pauses.longest);
    return true;
  }

  succeeded(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#pause = pauses.first;
    this.#options.onChange('back', undefined);
  }

  failed(reason: unknown): void {
    if (this.#away) return;
    this.#away = true;
    this.#tryFrom = this.#options.clock() + this.#pause;
    this.#options.onChange('away', reason);
  }
}
