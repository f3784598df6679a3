import type { Authority, Awaitable, Position, Token, Verdict } from './authority.ts';
import type { Breaker } from './breaker.ts';

/**
 * An authority whose outages are noticed: while it is away only one in a while asks it, and for the others it is
 * unreachable at once. One that answers without a promise is in this process, and its word is passed on.
 */
export class WatchedAuthority {
  readonly inner: Authority;
  readonly breaker: Breaker;

  constructor(inner: Authority, breaker: Breaker) {
    this.inner = inner;
    this.breaker = breaker;
  }

  position(): Awaitable<Position | undefined> {
    if (!this.breaker.mayTry()) return undefined;
    const position = this.inner.position();
    return position instanceof Promise ? this.#answered(position, undefined) : position;
  }

  check(token: Token): Awaitable<Verdict> {
    if (!this.breaker.mayTry()) return 'unreachable';
    const verdict = this.inner.check(token);
    return verdict instanceof Promise ? this.#answered(verdict, 'unreachable') : verdict;
  }

  async #answered<T>(asked: Promise<T>, unreachable: T): Promise<T> {
    try {
      const answer = await asked;
      if (answer === unreachable) this.breaker.failed(undefined);
      else this.breaker.succeeded();
      return answer;
    } catch (error) {
      this.breaker.failed(error);
      return unreachable;
    }
  }
}
