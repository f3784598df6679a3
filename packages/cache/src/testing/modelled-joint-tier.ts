import type { Verdict } from '../authority.ts';
import type { JointTier, Look, Stored } from '../tier.ts';
import type { Engine } from './mutants.ts';

/**
 * A tier that lies with an authority, in this process's memory, for races: everything in it happens at one moment, and
 * `travel` decides how long a question and its answer are on their way.
 */
export class ModelledJointTier implements JointTier<number> {
  readonly name = 'modelled';
  readonly authority: JointTier<number>['authority'];
  readonly #memory: InstanceType<Engine['MemoryAuthority']>;
  readonly #travel: () => Promise<void>;
  readonly #held = new Map<string, Stored<number>>();
  readonly #leases = new Map<string, string>();

  constructor(
    authority: JointTier<number>['authority'],
    memory: InstanceType<Engine['MemoryAuthority']>,
    travel: () => Promise<void>,
  ) {
    this.authority = authority;
    this.#memory = memory;
    this.#travel = travel;
  }

  get(key: string): Promise<Stored<number> | undefined> {
    return this.#there(() => this.#held.get(key));
  }

  set(key: string, stored: Stored<number>): Promise<void> {
    return this.#there(() => void this.#held.set(key, stored));
  }

  delete(key: string): Promise<void> {
    return this.#there(() => void this.#held.delete(key));
  }

  clear(): Promise<void> {
    return this.#there(() => this.#held.clear());
  }

  look(key: string, asker?: string): Promise<Look<number>> {
    return this.#there(() => {
      const held = this.#held.get(key);
      const verdict = held ? this.#memory.check(held.token) : 'absent';
      if (verdict !== 'current' && asker !== undefined && !this.#leases.has(key))
        this.#leases.set(key, asker);
      return {
        stored: verdict === 'current' ? held : undefined,
        missed: verdict === 'current' || verdict === 'unreachable' ? undefined : verdict,
        position: this.#memory.position(),
        holder: this.#leases.get(key),
      };
    });
  }

  settle(key: string, stored: Stored<number>, holder?: string): Promise<Verdict> {
    return this.#there(() => {
      const verdict = this.#memory.check(stored.token);
      if (verdict === 'current') this.#held.set(key, stored);
      this.#letGo(key, holder);
      return verdict;
    });
  }

  renew(): Promise<void> {
    return this.#travel();
  }

  release(key: string, holder: string): Promise<void> {
    return this.#there(() => this.#letGo(key, holder));
  }

  /** A Redis that was restarted, or evicted what it liked. */
  lose(): void {
    this.#held.clear();
    this.#leases.clear();
  }

  #letGo(key: string, holder: string | undefined): void {
    if (this.#leases.get(key) === holder) this.#leases.delete(key);
  }

  async #there<T>(happens: () => T): Promise<T> {
    await this.#travel();
    const answer = happens();
    await this.#travel();
    return answer;
  }
}
