import { parseArgs } from 'node:util';

export interface HttpOptions {
  /** Of each round, on each server. */
  readonly seconds: number;
  readonly rounds: number;
  /** Names of the only cases to measure; empty for all, which are then written to the README. */
  readonly cases: readonly string[];
  /** What clients say they can decode; browsers say `gzip, deflate, br, zstd`. */
  readonly acceptEncoding: string | undefined;
  /** Measures with autocannon also where wrk is. */
  readonly autocannon: boolean;
}

const usage = `npm run bench -- http [--seconds 6] [--rounds 3] [--case NAME]… [--accept-encoding br] [--autocannon]

With --case only what is named is measured, and bench/README.md stays as it is.`;

/**
 * Reads the arguments of the HTTP benchmark.
 * @throws {Error} with the usage
 */
export function readOptions(args: readonly string[]): HttpOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seconds: { type: 'string', default: '6' },
        rounds: { type: 'string', default: '3' },
        case: { type: 'string', multiple: true, default: [] },
        'accept-encoding': { type: 'string' },
        autocannon: { type: 'boolean', default: false },
      },
    });
    return {
      seconds: wholeNumber(values.seconds),
      rounds: wholeNumber(values.rounds),
      cases: values.case,
      acceptEncoding: values['accept-encoding'],
      autocannon: values.autocannon,
    };
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new RangeError(text);
  return number;
}
