import { StartRefusal } from '../../db/embedded/start-refusal.ts';
import { type Environment, readEnvironment } from '../../environment.ts';
import { CommandError } from './command-error.ts';
import { reachingTexts as english } from './texts.en.ts';
import { reachingTexts as french } from './texts.fr.ts';

/** What a command works with. */
export interface CommandContext {
  readonly environment: Environment;
  readonly args: string[];
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  readonly texts: typeof english;
  /** The command's result, on standard output. */
  print: (line: string) => void;
  /** What happens meanwhile, on standard error. */
  tell: (line: string) => void;
}

/** Exit codes of shells for a process that a signal ended. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs a command to its end and exits with its code; 1 with a sentence when it cannot, 130 after Ctrl-C. A second Ctrl-C
 * ends it at once.
 */
export async function runCommand(work: (context: CommandContext) => Promise<number>): Promise<void> {
  const stopping = new AbortController();
  let interruption: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (interruption !== undefined) process.exit(interruption);
      interruption = exitCodes[signal];
      stopping.abort();
    });
  }
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  let code: number;
  try {
    const environment = readEnvironment();
    const texts = environment.language === 'fr' ? french : english;
    code = await work({
      environment,
      args: process.argv.slice(2),
      signal: stopping.signal,
      texts,
      print: (line) => void process.stdout.write(`${line}\n`),
      tell,
    }).catch((error: unknown) => {
      if (!stopping.signal.aborted || error instanceof CommandError) throw error;
      tell(texts.interrupted());
      return 1;
    });
  } catch (error) {
    tell(sentenceOf(error));
    code = 1;
  }
  process.exitCode = interruption ?? code;
}

function sentenceOf(error: unknown): string {
  if (error instanceof CommandError || error instanceof StartRefusal) return error.message;
  return error instanceof Error ? error.message : String(error);
}
