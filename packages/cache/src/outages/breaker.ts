/** Milliseconds before what is away is tried again, doubled each time up to the longest. */
const pauses = { first: 10, longest: 250 } as const;

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
  #recoveries = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get away(): boolean {
    return this.#away;
  }

  /** How often it came back so far: what began before it last did says nothing of now when it fails. */
  get recoveries(): number {
    return this.#recoveries;
  }

  /** Whether this caller may try; true for one in each pause while it is away. */
  mayTry(): boolean {
    if (!this.#away) return true;
    const now = this.#options.clock();
    if (now < this.#tryFrom) return false;
    this.#pause = Math.min(2 * this.#pause, pauses.longest);
    this.#tryFrom = now + this.#pause;
    return true;
  }

  succeeded(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#pause = pauses.first;
    this.#recoveries++;
    this.#options.onChange('back', undefined);
  }

  /** @param begun `recoveries` when what failed began */
  failed(reason: unknown, begun: number): void {
    if (this.#away || begun !== this.#recoveries) return;
    this.#away = true;
    this.#tryFrom = this.#options.clock() + this.#pause;
    this.#options.onChange('away', reason);
  }
}
