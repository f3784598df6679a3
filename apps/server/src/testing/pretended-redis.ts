import type { AuthorityLeaseOptions } from '@vif/cache-postgres';

/** What a Redis is to a lease, without one: what it was told, by whomever, and its name. */
export class PretendedRedis {
  called: string | undefined;
  readonly bumped: string[] = [];
  forgotten = 0;

  /** The way of one process to it. */
  link(): RedisLink {
    return new RedisLink(this);
  }
}

/** How a process reaches Redis, which may be cut off, stand still with the process, or lead to another one. */
export class RedisLink {
  redis: PretendedRedis;
  isCut = false;
  /** As Redis is when it has no memory left: it answers, and can be told nothing. */
  isFull = false;
  /** What this process bumped. */
  readonly bumped: string[] = [];
  #still: PromiseWithResolvers<void> | undefined;

  constructor(redis: PretendedRedis) {
    this.redis = redis;
  }

  /** The process stands still at its next step, with its connections and locks, as after SIGSTOP. */
  stop(): void {
    this.#still = Promise.withResolvers();
  }

  goOn(): void {
    this.#still?.resolve();
    this.#still = undefined;
  }

  readonly options: Pick<AuthorityLeaseOptions, 'authority' | 'common' | 'forget'> = {
    authority: {
      bump: async (tags) => {
        await this.#reach();
        if (this.isFull) throw new Error('OOM');
        const all = [...tags];
        this.bumped.push(...all);
        this.redis.bumped.push(...all);
      },
    },
    common: {
      name: async () => {
        await this.#reach();
        return this.redis.called;
      },
      call: async (name) => {
        await this.#reach();
        this.redis.called ??= name;
        return this.redis.called;
      },
    },
    forget: async () => {
      await this.#reach();
      this.redis.forgotten++;
    },
  };

  async #reach(): Promise<void> {
    await this.#still?.promise;
    if (this.isCut) throw new Error('Redis is away');
  }
}
