import {
  becomeConsumer,
  claimAuthority,
  type NotTaken,
  releaseAuthority,
  stepDown,
  type Taken,
  takeAuthority,
} from '../authority/authority-lock.ts';
import type { CommonAuthority } from '../authority/common-authority.ts';
import { succeeds } from '../authority/succeeds.ts';
import type { Queryable } from '../connection/queryable.ts';

/** What answers as the common authority: the one that was joined, another one, or none. */
export type Confirmation = 'current' | 'elsewhere' | 'unasked';

/**
 * The place of one connection among the processes that serve a database: none, the lock, the lock and said so (claimed),
 * and of several processes the consumer's besides.
 */
export class LeasePlace {
  readonly #common: CommonAuthority | undefined;
  #taken: Taken | undefined;
  #claimed = false;
  #consumer = false;

  constructor(common: CommonAuthority | undefined) {
    this.#common = common;
  }

  get isTaken(): boolean {
    return this.#taken !== undefined;
  }

  /** Whether this process is the one that takes what nobody else bumps. */
  get isConsumer(): boolean {
    return this.#consumer;
  }

  /** @returns why it could not be taken, or whether somebody may serve until the bound has passed */
  async take(client: Queryable): Promise<NotTaken | { readonly othersMayServe: boolean }> {
    const taken = await takeAuthority(client, this.#common);
    if (typeof taken === 'string') return taken;
    this.#taken = taken;
    this.#claimed = !taken.first;
    return taken;
  }

  /** To be called once nobody can be serving from another authority. */
  async claim(client: Queryable): Promise<void> {
    if (!this.#taken || this.#claimed) return;
    await claimAuthority(client, this.#taken);
    this.#claimed = true;
  }

  /** The consumer's lock is tried for each time: whoever had it may be gone. */
  async tryToConsume(client: Queryable): Promise<void> {
    this.#consumer ||= !this.#common || (await becomeConsumer(client));
  }

  /**
   * Whether the common authority can be asked and is the one that this process joined. One that lost all it knew is given
   * its name back. Where another one answers in its place, the place is to be let go.
   */
  async confirm(): Promise<Confirmation> {
    const common = this.#common;
    const joined = this.#taken?.name;
    if (!common || joined === undefined) return 'current';
    let name: string | undefined;
    const asked = await succeeds(async () => {
      name = (await common.name()) ?? (await common.call(joined));
    });
    if (!asked) return 'unasked';
    return name === joined ? 'current' : 'elsewhere';
  }

  /** Leaves draining to one that can tell the authority. */
  async stopConsuming(client: Queryable): Promise<void> {
    if (!this.#consumer) return;
    this.#consumer = false;
    await stepDown(client);
  }

  /** Lets go in order. To be called when nothing is served any more: who takes the lock next need not wait. */
  async release(client: Queryable): Promise<void> {
    const claimed = this.#claimed;
    this.#taken = undefined;
    this.#claimed = this.#consumer = false;
    if (claimed) await releaseAuthority(client);
  }
}
