import { Needs } from './load-cycle.ts';

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
  readonly #open = new Map<string, Flight<Value>>();

  /** The flight of a key that may be joined now. */
  joinable(key: string): Flight<Value> | undefined {
    return this.#open.get(key);
  }

  /** Opens a flight; until it is sealed whoever asks for the key finds it. */
  open(key: string, began: number): Flight<Value> {
    const flight = new Flight<Value>(() => {
      if (this.#open.get(key) === flight) this.#open.delete(key);
    }, began);
    this.#open.set(key, flight);
    return flight;
  }
}

/** A load under way, and who waits for it. */
export class Flight<Value> {
  /** When, in milliseconds of the cache's steady clock. */
  readonly began: number;
  /** Lets nobody join any more. */
  readonly seal: () => void;
  /** What those who joined get; it never rejects. */
  readonly landed: Promise<Landing<Value>>;
  readonly land: (landing: Landing<Value>) => void;
  readonly needs = new Needs();
  #waiting = 0;
  #abandoned = false;
  #controller: AbortController | undefined;

  constructor(seal: () => void, began: number) {
    this.seal = seal;
    this.began = began;
    const { promise, resolve } = Promise.withResolvers<Landing<Value>>();
    this.landed = promise;
    this.land = resolve;
  }

  /** Aborted when everybody has left. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#abandoned) this.#controller.abort(abandoned());
    return this.#controller.signal;
  }

  /** Whether everybody has left. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  /** Whoever waits with a right to go away; who loads for later readers, as a refresh does, counts too and never leaves. */
  join(): void {
    this.#waiting++;
  }

  /** The last one who leaves seals it: the load that is aborted then is nobody's to join. */
  leave(): void {
    if (--this.#waiting > 0) return;
    this.#abandoned = true;
    this.seal();
    this.#controller?.abort(abandoned());
  }
}

/** What the signal of such a load says. */
export function abandoned(): DOMException {
  return new DOMException('Nobody waits for this load any more.', 'AbortError');
}
