import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';

/** A key or value for Redis; bytes where it is no text that UTF-8 can write. */
export type Argument = string | number | Buffer;

/**
 * A Lua script on keys of one slot. Redis is sent its SHA-1 only; where it does not have the script, after a restart or
 * SCRIPT FLUSH, the text goes once more in a second round trip.
 *
 * @example
 * const read = new RedisScript("#!lua\nreturn redis.call('GET', KEYS[1])");
 * await read.run(client, ['greeting'], []); // a Buffer: 'hello'
 */
export class RedisScript {
  readonly #text: string;
  readonly #digest: string;

  constructor(text: string) {
    this.#text = text;
    this.#digest = createHash('sha1').update(text).digest('hex');
  }

  /**
   * What the script answers, texts as Buffers.
   * @throws {Error} Redis's own when it refuses, ioredis's when the connection is not there or gives no answer in time
   */
  async run(
    client: Redis | Cluster,
    keys: readonly Argument[],
    values: readonly Argument[],
  ): Promise<unknown> {
    // As one list: a call of JavaScript's takes some 120,000 arguments, and then says that its stack is too small.
    const rest = [keys.length, ...keys, ...values];
    try {
      return await client.callBuffer('evalsha', [this.#digest, ...rest]);
    } catch (error) {
      // Redis says so before it runs anything, so nothing happens twice.
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return client.callBuffer('eval', [this.#text, ...rest]);
    }
  }
}
