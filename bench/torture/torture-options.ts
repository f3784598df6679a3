import { parseArgs } from 'node:util';
import { peers } from '../peers/peers.ts';

export interface TortureOptions {
  /** How much of the usual number of rounds, from 0 to 1. */
  readonly share: number;
  /** Names of the caches; all unless given. */
  readonly caches: readonly string[];
  /** What the name of a scenario has to have in it. */
  readonly scenario: string;
}

const usage = 'npm run bench -- torture [--quick] [--cache NAME …] [--scenario "part of a name"]';

/**
 * Reads the arguments of the torture.
 * @throws {Error} with the usage
 */
export function readTortureOptions(args: readonly string[]): TortureOptions {
  const all = peers.map(({ name }) => name);
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        cache: { type: 'string', multiple: true },
        scenario: { type: 'string' },
      },
    });
    const { cache: caches = all, scenario = '', quick } = values;
    if (caches.some((name) => !all.includes(name))) throw new Error('There is no such cache.');
    return { share: quick ? 0.02 : 1, caches, scenario };
  } catch (cause) {
    throw new Error(`${usage}; caches: ${all.join(', ')}`, { cause });
  }
}
