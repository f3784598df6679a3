import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OpenCache } from '../peers/peer.ts';
import type { Row } from './database.ts';
import type { FromProcess, Order, Question, Start, ToProcess } from './process-messages.ts';
import type { Stage } from './stage.ts';

interface Asked {
  readonly load: () => Promise<Row>;
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: Error) => void;
}

const nothingToLoad = () => Promise.reject(new Error('Only reads load.'));

/** A cache in a process of its own, used as if it were in this one. */
export class ProcessCache implements OpenCache<Row> {
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, Asked>();
  readonly #started = Promise.withResolvers<void>();
  #committing: (() => void) | undefined;
  #number = 0;

  private constructor() {
    this.#child = fork(join(import.meta.dirname, 'cache-process.ts'), { stdio: 'ignore' });
    this.#child.on('message', (message: FromProcess) => this.#hear(message));
    this.#child.once('exit', () => this.#end());
  }

  static async start(start: Start): Promise<ProcessCache> {
    const cache = new ProcessCache();
    cache.#send({ kind: 'start', start });
    await cache.#started.promise;
    return cache;
  }

  /** Two of a scenario's cache, the second with its clock so many milliseconds ahead, that hear each other. */
  static async pair(stage: Stage, ahead: number): Promise<[ProcessCache, ProcessCache]> {
    const { peer, opening, redis } = stage;
    const start = async (clock: number) =>
      stage.attend(await ProcessCache.start({ peer: peer.name, opening, clock }));
    const before = await redis.listeners();
    const pair: [ProcessCache, ProcessCache] = [await start(0), await start(ahead)];
    if (peer.listens) await redis.listenedBy(before + 2);
    return pair;
  }

  async read(key: string, load: () => Promise<Row>, tags?: readonly string[]): Promise<Row> {
    const row = await this.#ask({ ask: 'read', key, tags }, load);
    if (!row) throw new Error('A read gives a row.');
    return row;
  }

  async deleteKey(key: string): Promise<void> {
    await this.#ask({ ask: 'deleteKey', key });
  }

  async invalidateTags(tags: readonly string[]): Promise<void> {
    await this.#ask({ ask: 'invalidateTags', tags });
  }

  /**
   * Has the process write, and kills it when its COMMIT reaches the database.
   * @param tags what is invalidated; the keys where there is none
   */
  async crashAtCommit(
    keys: readonly string[],
    tags: readonly string[],
    order: Order,
    commit: () => Promise<void>,
  ): Promise<void> {
    const committed = Promise.withResolvers<void>();
    this.#committing = committed.resolve;
    const writing = this.#ask({ ask: 'write', keys, tags, order }).catch(() => {});
    await committed.promise;
    await commit();
    this.#child.kill('SIGKILL');
    await writing;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#send({ kind: 'question', number: 0, question: { ask: 'close' } });
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 1000);
    await ended;
    clearTimeout(late);
  }

  #ask(question: Question, load: () => Promise<Row> = nothingToLoad): Promise<Row | undefined> {
    const number = ++this.#number;
    const { promise, resolve, reject } = Promise.withResolvers<Row | undefined>();
    this.#asked.set(number, { load, resolve, reject });
    this.#send({ kind: 'question', number, question });
    return promise;
  }

  #send(message: ToProcess): void {
    this.#child.send(message);
  }

  #hear(message: FromProcess): void {
    if (message.kind === 'started') this.#started.resolve();
    else if (message.kind === 'commit') this.#committing?.();
    else {
      const { number } = message;
      const asked = this.#asked.get(number);
      if (!asked) return;
      if (message.kind === 'load') {
        void asked.load().then((row) => this.#send({ kind: 'loaded', number, row }));
        return;
      }
      this.#asked.delete(number);
      if (message.error === undefined) asked.resolve(message.row);
      else asked.reject(new Error(message.error));
    }
  }

  #end(): void {
    const error = new Error('The process of a cache ended.');
    this.#started.reject(error);
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
  }
}
