import type { Answer, Asked, Client } from '../vif/client.ts';

/** More of them tell no more: of one kind, and of all. */
const mostFaults = { ofKind: 3, all: 20 } as const;

/** Asks, and keeps account: how long answers took, how many there were of which status, and which should not have been. */
export class Ledger {
  /** By operation and status, such as `organisations.get 304`. */
  readonly counts = new Map<string, number>();
  /** What was not answered as it must be: the first of them, in words. */
  readonly faults: string[] = [];
  faultCount = 0;
  readonly #faultsOfKind = new Map<string, number>();
  readonly #client: Client;
  #latencies: number[] = [];

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Asks once.
   * @returns undefined when the answer was none of the `expected` statuses, which is noted
   */
  async ask(
    operation: string,
    expected: readonly number[],
    address: string,
    asked: Asked = {},
  ): Promise<Answer | undefined> {
    try {
      const answer = await this.#client.ask(address, asked);
      this.#latencies.push(answer.milliseconds);
      const name = `${operation} ${answer.status}`;
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
      if (expected.includes(answer.status)) return answer;
      this.fault(name, `${address}: ${answer.body.toString().slice(0, 300)}`);
    } catch (error) {
      this.fault(operation, `${address}: ${String(error)}`);
    }
    return undefined;
  }

  /** Notes what must not be. */
  fault(kind: string, sentence: string): void {
    this.faultCount++;
    const ofKind = (this.#faultsOfKind.get(kind) ?? 0) + 1;
    this.#faultsOfKind.set(kind, ofKind);
    if (ofKind > mostFaults.ofKind || this.faults.length >= mostFaults.all) return;
    this.faults.push(`${kind}: ${sentence}`);
  }

  /** Milliseconds of every answer since this was last asked. */
  takeLatencies(): number[] {
    const latencies = this.#latencies;
    this.#latencies = [];
    return latencies;
  }
}
