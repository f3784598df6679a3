import { redisText } from './redis-text.ts';

/**
 * The names of one partition's keys. What stands in braces decides where a Cluster keeps a key, so a partition's authority,
 * values and leases lie together, where one script reaches all of them.
 */
export class RedisKeys {
  /** The hash that is the authority. */
  readonly authority: string;
  /** What this partition calls itself. */
  readonly name: string;
  readonly #value: string;
  readonly #lease: string;

  /** @throws {TypeError} for names that would mix with other partitions' */
  constructor(prefix: string, partition: string) {
    if (/[{}]/.test(prefix + partition) || partition === '' || !(prefix + partition).isWellFormed()) {
      throw new TypeError(
        `The prefix ${JSON.stringify(prefix)} and the partition ${JSON.stringify(partition)} cannot name keys in Redis: use text without braces, and a partition that is not empty.`,
      );
    }
    const base = `${prefix}:{${partition}}`;
    this.authority = `${base}:a`;
    this.name = `${base}:n`;
    this.#value = `${base}:v:`;
    this.#lease = `${base}:l:`;
  }

  /** Under which a value lies. */
  value(key: string): string | Buffer {
    return redisText(this.#value + key);
  }

  /** Under which the lease for loading it lies. */
  lease(key: string): string | Buffer {
    return redisText(this.#lease + key);
  }

  /** SCAN's pattern for the values whose keys begin so, each character meaning itself. */
  valuesBelow(prefix: string): string | Buffer {
    return redisText(`${(this.#value + prefix).replace(/[\\*?[\]]/g, '\\$&')}*`);
  }
}
