import { parseArgs } from 'node:util';

export interface CostOptions {
  readonly rounds: number;
  /** Of each round on each way of writing. */
  readonly seconds: number;
  /** Whether PostgreSQL waits for the disk at each COMMIT, as it does unless told not to. */
  readonly durable: boolean;
}

const usage = 'npm run bench -- cost [--rounds 7] [--seconds 2] [--fsync-off]';

/** @throws {Error} with the usage */
export function readCostOptions(args: readonly string[]): CostOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: 'string' }, seconds: { type: 'string' }, 'fsync-off': { type: 'boolean' } },
    });
    const [rounds, seconds] = [Number(values.rounds ?? 7), Number(values.seconds ?? 2)];
    if (Number.isInteger(rounds) && rounds > 0 && seconds > 0)
      return { rounds, seconds, durable: !values['fsync-off'] };
    throw new RangeError('One of the numbers is none that fits.');
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}
