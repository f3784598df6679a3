import { parseArgs } from 'node:util';

export interface DayOptions {
  readonly minutes: number;
  /** On the small workspace. */
  readonly small: boolean;
  /** Requests a second that people make together. */
  readonly rate: number;
}

const usage = 'npm run bench -- day [--minutes 10] [--small] [--rate 50]';

/**
 * Reads the arguments of the day.
 * @throws {Error} with the usage
 */
export function readDayOptions(args: readonly string[]): DayOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '10' },
        small: { type: 'boolean', default: false },
        rate: { type: 'string', default: '50' },
      },
    });
    return { minutes: positive(values.minutes), small: values.small, rate: positive(values.rate) };
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number < 10_000)) throw new RangeError(text);
  return number;
}
