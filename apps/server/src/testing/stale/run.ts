import type { StaleReply } from './connection.ts';
import { StaleFigures } from './figures.ts';
import { StaleLedger } from './ledger.ts';

/** What all actors share, over several parts of a test. */
export class StaleRun {
  readonly ledger = new StaleLedger();
  #figures = new StaleFigures();
  #over = false;
  #reads = 0;
  #waiting: { readonly reads: number; readonly go: () => void }[] = [];

  /** Of the part under way, or the last one. */
  get figures(): StaleFigures {
    return this.#figures;
  }

  /** Whether the part under way ends: whoever does something again and again stops. */
  get over(): boolean {
    return this.#over;
  }

  /** Begins another part, with figures of its own. */
  begin(): void {
    this.#figures = new StaleFigures();
    this.#over = false;
  }

  end(): void {
    this.#over = true;
    this.#wake();
  }

  /**
   * Waits until everybody together has made so many more reads, or the part is over. Who writes is paced by those who
   * read and not by a clock, so that there are as many reads to a write on a slow machine as on a fast one.
   */
  async afterReads(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ reads: this.#reads + count, go: resolve });
    this.#wake();
    await promise;
  }

  /** Notes an answer that nobody should get, unless trouble that was made on purpose explains it. */
  amiss(what: string, { status, text, by = 'Vif', excused = false }: StaleReply): void {
    if (excused) this.figures.excuse(status);
    else this.figures.faults.push(`${what}: ${by} answered ${status} ${text}`);
  }

  /** A read was made. */
  tick(): void {
    this.#reads++;
    this.#wake();
  }

  #wake() {
    const isDue = ({ reads }: { readonly reads: number }) => this.#over || reads <= this.#reads;
    if (!this.#waiting.some(isDue)) return;
    const due = this.#waiting.filter(isDue);
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    for (const { go } of due) go();
  }
}
