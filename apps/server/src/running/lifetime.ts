import { StartRefusal } from '../db/embedded/start-refusal.ts';

/** What a process has open, in the order in which it is closed. */
const order = ['jobs', 'requests', 'workers', 'house', 'database', 'folder'] as const;

/** A process of Vif from its start to its end. */
export class Lifetime {
  /** For people, on standard output; the log's JSON lines go to standard error. */
  readonly say: (sentence: string) => void;
  readonly #ends = new Map<(typeof order)[number], () => Promise<unknown> | void>();
  readonly #stopping = new AbortController();

  /** @param worker its number, where the process is one of several */
  constructor(worker?: number) {
    const who = worker === undefined ? '' : `Worker ${worker}: `;
    this.say = (sentence) => void process.stdout.write(`${who}${sentence}\n`);
    // Who no longer listens must not keep Vif from working, or from stopping in order.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** What is to be closed at the end. */
  ends(what: (typeof order)[number], close: () => Promise<unknown> | void): void {
    this.#ends.set(what, close);
  }

  stopOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void this.stop());
  }

  /** Closes everything in order and ends the process. */
  async stop(): Promise<void> {
    if (this.isStopping) return;
    this.#stopping.abort();
    this.say('Stopping …');
    for (const what of order) {
      try {
        await this.#ends.get(what)?.();
      } catch (error) {
        this.say(String(error));
      }
    }
    process.exit(process.exitCode ?? 0);
  }

  /** Vif cannot go on: says why in a sentence and gives back what it holds. */
  async fail(error: unknown): Promise<void> {
    if (this.isStopping) return;
    process.exitCode = 1;
    process.stderr.write(`${sentenceOf(error)}\n`);
    await this.stop();
  }
}

/** What an administrator reads of an error. */
export function sentenceOf(error: unknown): string {
  if (error instanceof StartRefusal) return error.message;
  if (error instanceof Error)
    return 'code' in error && error.code === 'EADDRINUSE' ? addressInUse(error) : error.message;
  return String(error);
}

function addressInUse(error: Error): string {
  return `The address is in use (${error.message}). Stop what uses it, or set PORT to another number.`;
}
