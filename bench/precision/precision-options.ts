import { parseArgs } from 'node:util';
import { type MixName, mixes } from './mix.ts';

export interface PrecisionOptions {
  readonly requests: number;
  readonly seed: number;
  /** Of the requests, from 0 to 1. */
  readonly writes: number;
  readonly organisations: number;
  readonly mix: MixName;
}

const usage =
  'npm run bench -- precision [--requests 100000] [--seed 1] [--writes 5 (of 100 requests)] [--organisations 100000] [--mix week|anything]';

/** @throws {Error} with the usage */
export function readPrecisionOptions(args: readonly string[]): PrecisionOptions {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { requests: text, seed: text, writes: text, organisations: text, mix: text },
    });
    const options = {
      requests: Number(values.requests ?? 100_000),
      seed: Number(values.seed ?? 1),
      writes: Number(values.writes ?? 5) / 100,
      organisations: Number(values.organisations ?? 100_000),
      mix: mixNamed(values.mix ?? 'week'),
    };
    const { requests, seed, organisations, writes } = options;
    const whole = [requests, seed, organisations].every((one) => Number.isInteger(one) && one > 0);
    if (whole && organisations <= 2_000_000 && writes >= 0 && writes < 1) return options;
    throw new RangeError('One of the numbers is none that fits.');
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

function mixNamed(name: string): MixName {
  if (name === 'week' || name === 'anything') return name;
  throw new RangeError(`There are these mixes: ${Object.keys(mixes).join(', ')}.`);
}
