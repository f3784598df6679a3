import type { Queryable } from '../connection/queryable.ts';
import { notifyLeft } from '../outbox/notify-left.ts';
import { stillWaiting } from '../outbox/outbox.ts';

interface Waiter {
  /** Undefined: rows that it does not know. */
  ids: readonly string[] | undefined;
  resolve(this: void): void;
}

/** Writers that could not be acknowledged by a bump of their own. */
export class Waiters {
  readonly #all = new Set<Waiter>();
  /** Those for whom others were asked. */
  readonly #called = new WeakSet<Waiter>();

  get any(): boolean {
    return this.#all.size > 0;
  }

  /**
   * Resolves when the rows were taken, and after the patience at the latest.
   * @param wake called once it is among those who wait
   */
  async wait(ids: readonly string[] | undefined, patience: number, wake: () => void): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter: Waiter = { ids, resolve };
    const timer = setTimeout(resolve, patience);
    this.#all.add(waiter);
    wake();
    await promise;
    clearTimeout(timer);
    this.#all.delete(waiter);
  }

  /** Rows that are not in the outbox any more need not have been taken: a crash empties it. */
  forgetRows(): void {
    for (const waiter of this.#all) waiter.ids = undefined;
  }

  /**
   * @param whoeverWrote whether those are among them whose rows are not known
   * @returns resolves those who wait now, to be called when everything that waited in the outbox was bumped
   */
  present(whoeverWrote: boolean): () => void {
    const waiting = [...this.#all].filter(({ ids }) => ids !== undefined || whoeverWrote);
    return () => {
      for (const { resolve } of waiting) resolve();
    };
  }

  /** Asks other processes, once for each, to take the rows that this one cannot bump. */
  async callOthers(client: Queryable): Promise<void> {
    const uncalled = [...this.#all].filter((waiter) => !this.#called.has(waiter));
    if (uncalled.length === 0) return;
    for (const waiter of uncalled) this.#called.add(waiter);
    await notifyLeft(client);
  }

  /** Resolves those whose rows another process has taken. */
  async resolveTaken(client: Queryable): Promise<void> {
    const waiting = [...this.#all];
    const still = await stillWaiting(
      client,
      waiting.flatMap(({ ids }) => ids ?? []),
    );
    for (const { ids, resolve } of waiting) if (ids && !ids.some((id) => still.has(id))) resolve();
  }
}
