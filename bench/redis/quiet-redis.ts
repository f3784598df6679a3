import { Redis } from 'ioredis';

/** ioredis as it is, for caches whose Redis is killed: it and its duplicates say nothing about that, and connect again. */
export class QuietRedis extends Redis {
  readonly #port: number;

  constructor(port: number) {
    super(port, '127.0.0.1', { lazyConnect: true });
    this.#port = port;
    this.on('error', () => {});
  }

  override duplicate(): Redis {
    return new QuietRedis(this.#port);
  }
}
