/** What a read of a row gives. */
export interface Row {
  readonly version: number;
  /** False of what a transaction wrote that was not committed. */
  readonly committed: boolean;
}

/** The truth that the caches stand before: rows of one number, and what a writer's transaction left in its outbox. */
export class Database {
  readonly #versions = new Map<string, number>();
  readonly #acknowledged = new Map<string, number>();
  readonly #outbox = new Set<string>();

  row(key: string): Row {
    return { version: this.#versions.get(key) ?? 0, committed: true };
  }

  /** What a transaction with an uncommitted write sees. */
  uncommitted(key: string): Row {
    return { version: this.row(key).version + 1, committed: false };
  }

  /** Commits a new version, and with it what is to be invalidated, in the same transaction. */
  commit(key: string): number {
    const version = this.row(key).version + 1;
    this.#versions.set(key, version);
    this.#outbox.add(key);
    return version;
  }

  /** Notes that a writer was told that its write is done: who reads from now on may not see what was before. */
  acknowledge(key: string, version: number): void {
    this.#outbox.delete(key);
    this.#acknowledged.set(key, Math.max(version, this.acknowledged(key)));
  }

  acknowledged(key: string): number {
    return this.#acknowledged.get(key) ?? 0;
  }

  /** What was committed by who did not live to acknowledge it. */
  outbox(): string[] {
    return [...this.#outbox];
  }
}
