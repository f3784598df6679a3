/** One write of a register, from before it was sent until it is known what became of it. */
export interface LedgerWrite {
  readonly register: string;
  readonly place: number;
}

interface Version {
  readonly state: string;
  refused: boolean;
}

interface Register {
  readonly versions: Version[];
  /** The newest version that every read which begins now must show, or a later one. */
  settled: number;
}

/** What reads that begin at one moment may show. */
export interface Look {
  /**
   * The states a register may be seen in, when asked as the answer comes: the newest that was acknowledged before the
   * read began, and those whose writes have begun since. Undefined for a register that is not kept.
   */
  readonly possible: (register: string) => readonly string[] | undefined;
  /** The kept registers whose name begins so. */
  readonly registers: (prefix: string) => string[];
}

/**
 * Which state of what was acknowledged when: what a read is held against. A register is one field of one record, or
 * whether the record is there; its states come one after the other and none comes twice in close succession. The order
 * of the calls is the order of the events: no clock is compared, except with what is promised for a later moment.
 *
 * @example
 * ledger.open('name of 1', 'Gravity');
 * const write = ledger.begin('name of 1', 'Gravity SA');
 * ledger.look(0).possible('name of 1'); // ['Gravity', 'Gravity SA']
 * ledger.acknowledge(write);
 * ledger.look(0).possible('name of 1'); // ['Gravity SA']
 */
export class StaleLedger {
  readonly #registers = new Map<string, Register>();
  #promised: { readonly write: LedgerWrite; readonly due: number }[] = [];

  /** Begins to keep a register, in a state that everybody must see from now on. */
  open(register: string, state: string): void {
    this.#registers.set(register, { versions: [{ state, refused: false }], settled: 0 });
  }

  /** Call it before the write is sent: from then on somebody may see it. */
  begin(register: string, state: string): LedgerWrite {
    const { versions } = this.#of(register);
    return { register, place: versions.push({ state, refused: false }) - 1 };
  }

  /** The write was acknowledged: reads that begin later see it. */
  acknowledge({ register, place }: LedgerWrite): void {
    const kept = this.#of(register);
    kept.settled = Math.max(kept.settled, place);
  }

  /** The write was made behind Vif's back: reads that begin at `due` or later see it. */
  promise(write: LedgerWrite, due: number): void {
    this.#promised.push({ write, due });
  }

  /** The write was refused: nobody may see it. */
  refuse({ register, place }: LedgerWrite): void {
    const version = this.#of(register).versions[place];
    if (version) version.refused = true;
  }

  /**
   * Call it before a read is sent.
   * @param now by the clock that `promise` was told
   */
  look(now: number): Look {
    for (const { write } of this.#promised.filter(({ due }) => due <= now)) this.acknowledge(write);
    this.#promised = this.#promised.filter(({ due }) => due > now);
    const settled = new Map([...this.#registers].map(([name, register]) => [name, register.settled]));
    return {
      possible: (name) =>
        this.#registers
          .get(name)
          ?.versions.slice(settled.get(name) ?? 0)
          .flatMap(({ state, refused }) => (refused ? [] : [state])),
      registers: (prefix) => [...this.#registers.keys()].filter((name) => name.startsWith(prefix)),
    };
  }

  #of(register: string): Register {
    const kept = this.#registers.get(register);
    if (!kept) throw new Error(`Nothing is kept about ${register}`);
    return kept;
  }
}
