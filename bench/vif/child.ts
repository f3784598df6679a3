import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Milliseconds that a process gets to end by itself; Vif gives its requests ten seconds and stops its database. */
const patience = 30_000;
/** Characters; the end says why. */
const mostWords = 4000;

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Lets it write to our standard error, where a progress line can move; `said` is then its standard output. */
  readonly showsErrors?: boolean;
  /** Opens a channel for `process.send`, over which buffers stay buffers. */
  readonly channel?: boolean;
}

/** A process of ours. Disposing of it stops it and waits until it has. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly said: () => string;
  /** Its standard error alone. */
  readonly complained: () => string;
  /** How it ended and what it had said; undefined while it runs. */
  readonly lastWords: () => string | undefined;
  /** Waits for what it says; fails, with all it said, when it ends before. */
  says: (pattern: RegExp, signal: AbortSignal) => Promise<RegExpExecArray>;
  /** Waits for its end; fails, with all it said, when it ends with another code than 0. */
  ends: (signal: AbortSignal) => Promise<void>;
}

/**
 * Starts a program. It sees nothing of the environment but what a program needs of the system, so neither settings nor
 * a database of whoever measures, and no Ctrl-C of the terminal: it is told to stop once, by us.
 */
export function startChild(file: string, args: readonly string[], options: ChildOptions = {}): Child {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(file, args, {
    env: { PATH, HOME, ...options.env },
    stdio: [
      'ignore',
      'pipe',
      options.showsErrors ? 'inherit' : 'pipe',
      ...(options.channel ? (['ipc'] as const) : []),
    ],
    serialization: 'advanced',
    detached: true,
  });
  let text = '';
  let errors = '';
  const heard = new EventTarget();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (stream === child.stderr) errors += chunk;
      heard.dispatchEvent(new Event('said'));
    });
  }
  // A program that cannot be started says so by an error and never closes.
  const ended = Promise.race([once(child, 'close'), once(child, 'error')]).catch(() => undefined);
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  const over = () => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  const ending = () =>
    failure?.message ??
    `It ended with ${child.signalCode ?? child.exitCode}. It said: ${text.slice(-mostWords)}`;

  return {
    process: child,
    said: () => text,
    lastWords: () => (over() ? ending() : undefined),
    complained: () => errors,
    async says(pattern, signal) {
      for (;;) {
        const found = pattern.exec(text);
        if (found) return found;
        if (over()) throw new Error(`${file} ${args.join(' ')}: ${ending()}`);
        await Promise.race([once(heard, 'said', { signal }), ended]);
        signal.throwIfAborted();
      }
    },
    async ends(signal) {
      await Promise.race([ended, aborted(signal)]);
      signal.throwIfAborted();
      if (failure || child.exitCode !== 0) throw new Error(`${file} ${args.join(' ')}: ${ending()}`);
    },
    async [Symbol.asyncDispose]() {
      if (over()) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(timer);
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
