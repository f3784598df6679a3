import { parseArgs } from 'node:util';

export interface CacheOptions {
  readonly rounds: number;
  /** How long each cache operates in each round. */
  readonly milliseconds: number;
  /** How many ask for one key at once. */
  readonly callers: number;
  /** How many accesses of each trace are replayed. */
  readonly accesses: number;
  /** How many entries are weighed. */
  readonly entries: number;
}

const usage = 'npm run bench -- cache [--quick]';

const full: CacheOptions = {
  rounds: 7,
  milliseconds: 300,
  callers: 10_000,
  accesses: 200_000,
  entries: 100_000,
};

const quick: CacheOptions = { rounds: 1, milliseconds: 20, callers: 1000, accesses: 5000, entries: 5000 };

/**
 * Reads the arguments of the comparison.
 * @throws {Error} with the usage
 */
export function readCacheOptions(args: readonly string[]): CacheOptions {
  try {
    const { values } = parseArgs({ args: [...args], options: { quick: { type: 'boolean' } } });
    return values.quick ? quick : full;
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}
