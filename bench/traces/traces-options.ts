import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface TracesOptions {
  /** The folder with the recorded traces, absolute. */
  readonly folder: string;
}

const usage = 'npm run bench -- traces [--traces FOLDER]';

/** Beside the project. */
const usual = resolve(import.meta.dirname, '../../../shared/data/traces');

/**
 * Reads the arguments of the traces benchmark.
 * @throws {Error} with the usage
 */
export function readTracesOptions(args: readonly string[]): TracesOptions {
  try {
    const { values } = parseArgs({ args: [...args], options: { traces: { type: 'string' } } });
    return { folder: values.traces === undefined ? usual : resolve(values.traces) };
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}
