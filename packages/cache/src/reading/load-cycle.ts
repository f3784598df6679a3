import { AsyncLocalStorage } from 'node:async_hooks';

/** A load that can only end after itself. */
export class LoadCycle extends Error {
  override readonly name = 'LoadCycle';

  constructor(key: string) {
    super(
      `${key} is needed by a load that it needs itself, so neither would ever end. Load what both need apart.`,
    );
  }
}

/** What a load waits for. It says nothing of values, so that a context that outlives the load holds nothing. */
export class Needs {
  readonly #needs = new Set<Needs>();

  /** Runs a load; what is waited for in it is what it needs. */
  run<T>(load: () => T): T {
    return current.run(this, load);
  }

  /**
   * Notes that the load which this code is part of, if it is, waits for this one, until what it returns is called.
   * @throws {LoadCycle} when this one waits for that already, itself or through others
   */
  wanted(key: string): () => void {
    const here = current.getStore();
    if (!here) return () => undefined;
    if (this.#reaches(here, new Set())) throw new LoadCycle(key);
    here.#needs.add(this);
    return () => here.#needs.delete(this);
  }

  #reaches(other: Needs, seen: Set<Needs>): boolean {
    if (this === other) return true;
    if (seen.has(this)) return false;
    seen.add(this);
    return [...this.#needs].some((one) => one.#reaches(other, seen));
  }
}

const current = new AsyncLocalStorage<Needs>();
