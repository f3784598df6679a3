/**
 * How a load ended for those who joined it: with a value or error that is as fresh as if they had loaded it themselves,
 * or with neither.
 */
export type Landing<Value> =
  | { readonly usable: true; readonly value: Value }
  | { readonly usable: true; readonly error: unknown }
  | { readonly usable: false };

/**
 * Loads under way, by key. States of a flight: open (others may join) → sealed (nobody may) → landed. It is sealed
 * before its freshness is checked: who joins later than that may know of a write that the check did not see.
 */
export class Flights<Value> {
  readonly #open = new Map<string, Promise<Landing<Value>>>();

  /** The flight of a key that may be joined now. Its promise never rejects. */
  joinable(key: string): Promise<Landing<Value>> | undefined {
    return this.#open.get(key);
  }

  /** Opens a flight; until it is sealed whoever asks for the key joins it. */
  open(key: string): Flight<Value> {
    const { promise, resolve } = Promise.withResolvers<Landing<Value>>();
    this.#open.set(key, promise);
    return {
      seal: () => {
        if (this.#open.get(key) === promise) this.#open.delete(key);
      },
      land: resolve,
    };
  }
}

interface Flight<Value> {
  /** Lets nobody join any more. */
  readonly seal: () => void;
  /** Gives those who joined what they get. */
  readonly land: (landing: Landing<Value>) => void;
}
