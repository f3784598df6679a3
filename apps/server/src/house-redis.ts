import type { Authority, Cache, Tier } from '@vif/cache';
import { RedisStore } from '@vif/cache/redis';
import type { CommonAuthority } from '@vif/cache-postgres';
import type { SignedIn } from './auth/signed-in.ts';
import { Entry } from './doors/entry.ts';

export interface HouseRedisOptions {
  /** redis: or rediss: */
  readonly url: string;
  /** Whose answers these are; two databases that share a Redis share nothing in it. */
  readonly database: string;
  /** Told once at each change, in a sentence for the administrator. */
  onChange(this: void, sentence: string): void;
}

/** How long a start waits for Redis, in milliseconds; without it Vif starts all the same. */
const firstTry = 2000;

/** The authority and the tiers of the house in a Redis, and whether it can be asked. */
export class HouseRedis {
  readonly authority: Authority;
  readonly answers: Tier<Entry>;
  readonly sessions: Tier<SignedIn>;
  readonly #store: RedisStore<Entry>;
  readonly #onChange: (sentence: string) => void;
  #away = false;
  /** What Redis or the connection to it complained of last. */
  #reason: Error | undefined;

  constructor({ url, database, onChange }: HouseRedisOptions) {
    this.#onChange = onChange;
    this.#store = new RedisStore<Entry>({
      connection: url,
      onError: (error) => {
        this.#reason = error;
      },
      prefix: 'vif',
      partition: database,
      pack: ({ body }) => body,
      // What `pack` gave comes back as it was: a Buffer.
      unpack: (body) => new Entry(body as Buffer),
    });
    const { authority } = this.#store;
    this.authority = authority;
    this.answers = this.#store.tier;
    this.sessions = this.#store.tierOf<SignedIn>({});
  }

  /** Resolves when Redis was tried: to be asked first, or to be away and said to be so. */
  async tried(): Promise<void> {
    await this.#store.connected(firstTry).catch((error: unknown) => this.#note(true, error));
  }

  /** What the lease bumps. That it cannot is said here. */
  readonly told: Pick<Authority, 'bump'> = {
    bump: (tags) => this.#watched(async () => this.authority.bump(tags)),
  };

  /** By which several Vifs know that they have the same. */
  readonly common: CommonAuthority = {
    name: () => this.#watched(() => this.#store.name()),
    call: (name) => this.#watched(() => this.#store.call(name)),
  };

  /** Nothing that was cached before counts any more. */
  forget(): Promise<void> {
    return this.#watched(() => this.#store.authority.forget());
  }

  /** How long Redis takes over an answer, in milliseconds; undefined while it is away. */
  async ping(): Promise<number | undefined> {
    return this.#watched(() => this.#store.ping()).catch(() => undefined);
  }

  /** Says when a cache finds it away, and when back. */
  watch(cache: Pick<Cache<never>, 'events'>): void {
    cache.events.on('reach', ({ state, reason }) => this.#note(state === 'away', reason));
  }

  close(): void {
    this.#store.close();
  }

  async #watched<T>(work: () => Promise<T>): Promise<T> {
    try {
      const answer = await work();
      this.#note(false, undefined);
      return answer;
    } catch (error) {
      this.#note(true, error);
      throw error;
    }
  }

  #note(away: boolean, reason: unknown): void {
    if (away === this.#away) return;
    this.#away = away;
    const told = reason instanceof Error ? reason : this.#reason;
    const why = told ? ` (${told.message})` : '';
    this.#onChange(
      away
        ? `The cache is off: Redis cannot be asked${why}. Answers come from the database until it can.`
        : 'The cache is on again: Redis answers.',
    );
  }
}
