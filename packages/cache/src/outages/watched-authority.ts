import type { Authority, Awaitable, Position, Token, Verdict } from '../authority.ts';
import type { Breaker } from './breaker.ts';

/**
 * An authority whose outages are noticed: while it is away only one in a while asks it, and for the others it is
 * unreachable at once. One that answers without a promise is in this process, and its word is passed on.
 */
export class WatchedAuthority {
  readonly breaker: Breaker;
  readonly #inner: Authority;
  readonly #usable: () => boolean;

  constructor(inner: Authority, breaker: Breaker, usable: () => boolean) {
    this.breaker = breaker;
    this.#inner = inner;
    this.#usable = usable;
  }

  /** Whether this caller may ask it, or what lies with it. */
  mayAsk(): boolean {
    return this.#usable() && this.breaker.mayTry();
  }

  position(): Awaitable<Position | undefined> {
    if (!this.mayAsk()) return undefined;
    const { recoveries } = this.breaker;
    const position = this.#inner.position();
    return position instanceof Promise ? this.#answered(position, undefined, recoveries) : position;
  }

  check(token: Token): Awaitable<Verdict> {
    if (!this.mayAsk()) return 'unreachable';
    const { recoveries } = this.breaker;
    const verdict = this.#inner.check(token);
    return verdict instanceof Promise ? this.#answered(verdict, 'unreachable', recoveries) : verdict;
  }

  async #answered<T>(asked: Promise<T>, unreachable: T, recoveries: number): Promise<T> {
    try {
      const answer = await asked;
      if (answer === unreachable) this.breaker.failed(undefined, recoveries);
      else this.breaker.succeeded();
      return answer;
    } catch (error) {
      this.breaker.failed(error, recoveries);
      return unreachable;
    }
  }
}
