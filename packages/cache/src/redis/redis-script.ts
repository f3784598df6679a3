import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/**
 * A Lua script on one key. Redis is sent its SHA-1 only; where it does not have the script, after a restart or SCRIPT
 * FLUSH, the text goes once more in a second round trip.
 *
 * @example
 * const read = new RedisScript("#!lua\nreturn redis.call('GET', KEYS[1])");
 * await read.run(client, 'greeting', []); // 'hello'
 */
export class RedisScript {
  readonly #text: string;
  readonly #digest: string;

  constructor(text: string) {
    this.#text = text;
    this.#digest = createHash('sha1').update(text).digest('hex');
  }

  /**
   * What the script answers.
   * @throws {Error} Redis's own when it refuses, ioredis's when the connection is not there or gives no answer in time
   */
  async run(client: Redis, key: string, values: readonly (string | number)[]): Promise<unknown> {
    try {
      return await client.evalsha(this.#digest, 1, key, ...values);
    } catch (error) {
      // Redis says so before it runs anything, so nothing happens twice.
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return client.eval(this.#text, 1, key, ...values);
    }
  }
}
