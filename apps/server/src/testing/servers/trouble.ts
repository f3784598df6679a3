import type { StaleReply } from '../stale/connection.ts';

/** Whether something is being disturbed on purpose, and since what was asked. */
export class Trouble {
  #under = false;
  #count = 0;

  get isUnder(): boolean {
    return this.#under;
  }

  /** Does what disturbs, and waits for the recovery; what is asked meanwhile, or answered, may be answered by an excuse. */
  async during(work: () => Promise<unknown>): Promise<void> {
    this.#under = true;
    this.#count++;
    await work();
    this.#under = false;
  }

  /** Call it before asking; says of the answer whether trouble explains that it is no good one. */
  watch(): (reply: Pick<StaleReply, 'status' | 'headers' | 'text'>) => boolean {
    const [wasUnder, before] = [this.#under, this.#count];
    return ({ status, headers, text }) => {
      if (!wasUnder && before === this.#count) return false;
      if (status === 0) return true;
      // Who does not know whether it was saved should look before they try again.
      if (status === 503 && text.includes('"outcome_unknown"')) return true;
      return (status === 503 || status === 429) && headers['retry-after'] !== undefined;
    };
  }
}
