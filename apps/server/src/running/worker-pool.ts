import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { Address } from '../http/address.ts';
import type { FromWorker, ToWorker } from './messages.ts';

const launcher = fileURLToPath(new URL('../../start.js', import.meta.url));

/** Milliseconds before a worker that ended is started again: doubled each time it was never ready, up to the longest. */
const pauses = { first: 100, longest: 10_000 } as const;
/** What a worker is given to let its requests end, and then is killed, in milliseconds. */
const patience = 20_000;

interface Place {
  readonly number: number;
  /** Undefined where none could be started. */
  readonly worker: Worker | undefined;
  pause: number;
}

export interface WorkerPoolOptions {
  readonly count: number;
  readonly address: Address;
  /** Command-line arguments for each. */
  readonly args: readonly string[];
  readonly say: (sentence: string) => void;
}

/**
 * The processes that answer requests. One that ends is started again, with growing pauses while it does not become ready,
 * and one that the system refuses likewise.
 * A worker: here → begun → ready → ended → here …
 */
export class WorkerPool {
  /** Resolves when all are ready for the first time; rejects with the sentence of one that cannot be. */
  readonly ready: Promise<void>;
  readonly #options: WorkerPoolOptions;
  readonly #allReady = Promise.withResolvers<void>();
  readonly #places: Place[] = [];
  readonly #becameReady = new Set<number>();
  readonly #restarts = new Set<NodeJS.Timeout>();
  #connection: pg.ClientConfig | undefined;
  #stopping = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.ready = this.#allReady.promise;
    this.ready.catch(() => undefined); // awaited by who started them, perhaps later
    // exec: the launcher, which takes what it was started with from the arguments.
    cluster.setupPrimary({ exec: launcher, args: ['server', ...options.args] });
    for (let number = 1; number <= options.count; number++) {
      this.#places.push(this.#fill({ number, pause: pauses.first }));
    }
  }

  /** The database may be opened. */
  open(connection: pg.ClientConfig): void {
    this.#connection = connection;
    for (const { worker } of this.#places) if (worker) send(worker, { kind: 'open', connection });
  }

  /** Stops them in order and returns when all have ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#restarts) clearTimeout(timer);
    await Promise.all(this.#places.map(({ worker }) => end(worker)));
  }

  #fill({ number, pause }: Omit<Place, 'worker'>): Place {
    let worker: Worker | undefined;
    try {
      worker = cluster.fork();
    } catch (error) {
      const place: Place = { number, pause, worker };
      this.#noteNotStarted(place, error);
      return place;
    }
    const place: Place = { number, pause, worker };
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'here') this.#begin(worker, number);
      else if (message.kind === 'ready') this.#noteReady(place);
      else this.#noteFailure(number, message.sentence);
    });
    worker.on('exit', (code, signal) => {
      this.#replace(place, `Worker ${number} ended (${signal ?? `code ${code}`}) and is started again.`);
    });
    worker.on('error', (error) => {
      // One that never ran does not end either. That one which runs ends, `exit` tells.
      if (worker.process.pid === undefined) this.#noteNotStarted(place, error);
      else this.#options.say(`Worker ${number}: ${error.message}`);
    });
    return place;
  }

  #begin(worker: Worker, number: number): void {
    send(worker, { kind: 'begin', number, address: this.#options.address });
    if (this.#connection) send(worker, { kind: 'open', connection: this.#connection });
  }

  #noteNotStarted(place: Place, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#replace(place, `Worker ${place.number} could not be started (${reason}). Vif tries again.`);
  }

  #noteReady(place: Place): void {
    place.pause = pauses.first;
    if (this.#becameReady.has(place.number)) this.#options.say(`Worker ${place.number} is ready again.`);
    this.#becameReady.add(place.number);
    if (this.#becameReady.size === this.#options.count) this.#allReady.resolve();
  }

  #noteFailure(number: number, sentence: string): void {
    this.#allReady.reject(new Error(sentence));
    if (this.#becameReady.has(number)) this.#options.say(`Worker ${number}: ${sentence}`);
  }

  #replace({ number, pause }: Place, sentence: string): void {
    if (this.#stopping) return;
    this.#options.say(sentence);
    const timer = setTimeout(() => {
      this.#restarts.delete(timer);
      this.#places[number - 1] = this.#fill({ number, pause: Math.min(2 * pause, pauses.longest) });
    }, pause);
    this.#restarts.add(timer);
  }
}

function send(worker: Worker, message: ToWorker): void {
  // One to whom it cannot be said any more ends, which is told by `exit`.
  if (worker.isConnected()) worker.send(message, () => undefined);
}

async function end(worker: Worker | undefined): Promise<void> {
  if (!worker || worker.isDead() || worker.process.pid === undefined) return;
  const exited = once(worker, 'exit');
  worker.process.kill('SIGTERM');
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), patience);
  await exited;
  clearTimeout(timer);
}
