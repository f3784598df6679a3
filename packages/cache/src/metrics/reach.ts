import type { Cache } from '../cache.ts';
import type { CacheEvents } from '../statistics/events.ts';

/** Which parts of a cache are in reach: the authority from the beginning, a tier from its first outage on. */
export class Reach {
  readonly #cache: Pick<Cache, 'events' | 'reachable'>;
  readonly #parts = new Map<string, boolean>();

  constructor(cache: Pick<Cache, 'events' | 'reachable'>) {
    this.#cache = cache;
    cache.events.on('reach', this.#note);
  }

  /** Parts by name. The authority may have been away before anybody listened, so that it is asked for. */
  *parts(): IterableIterator<[string, boolean]> {
    yield ['authority', this.#cache.reachable];
    for (const [part, inReach] of this.#parts) if (part !== 'authority') yield [part, inReach];
  }

  close(): void {
    this.#cache.events.off('reach', this.#note);
  }

  readonly #note = ({ part, state }: CacheEvents['reach'][0]): void => {
    this.#parts.set(part, state === 'back');
  };
}
