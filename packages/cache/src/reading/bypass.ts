import { AsyncLocalStorage } from 'node:async_hooks';

const bypassing = new AsyncLocalStorage<true>();

/**
 * Does work in which no cache is asked and nothing is stored: what is read inside a transaction that may be rolled back is
 * nobody else's, and what is held may be older than what the transaction itself wrote. `acknowledge` does so for its
 * commit.
 *
 * @example
 * await bypass(() => database.transaction(async (sql) => { await sql`update …`; return readOrder(sql); }));
 */
export function bypass<T>(work: () => T): T {
  return bypassing.run(true, work);
}

/** Whether this runs within `bypass`. */
export function isBypassed(): boolean {
  return bypassing.getStore() === true;
}
