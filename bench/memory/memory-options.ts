import { parseArgs } from 'node:util';
import { mostReads } from './distinct-reads.ts';

export interface MemoryOptions {
  readonly reads: number;
  /** For `CACHE_MEMORY`, in MiB. */
  readonly cacheMemory: number;
}

const usage = `npm run bench -- memory [--reads 1000000] [--cache-memory 64]

There are ${mostReads} reads of which no two are the same.`;

/**
 * Reads the arguments of the memory benchmark.
 * @throws {Error} with the usage
 */
export function readMemoryOptions(args: readonly string[]): MemoryOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        reads: { type: 'string', default: '1000000' },
        'cache-memory': { type: 'string', default: '64' },
      },
    });
    return {
      reads: wholeNumber(values.reads, mostReads),
      cacheMemory: wholeNumber(values['cache-memory'], 4096),
    };
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

function wholeNumber(text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) throw new RangeError(text);
  return number;
}
