/** Where a cache keeps its values: in its process, in a Redis, or in its process and behind that in a Redis. */
export type Layers = 'memory' | 'redis' | 'memory over redis';

export interface Opening {
  readonly layers: Layers;
  /** The port of a Redis on this machine, for layers with one. */
  readonly port?: number | undefined;
  /** Whether reads will say tags; some caches have to know, and pay for it. */
  readonly tagged?: boolean;
  /** How many entries memory may hold; more than any benchmark has unless given. */
  readonly entries?: number;
}

/** A cache of one process, as a benchmark uses it. */
export interface OpenCache<Value extends object> {
  /** The value of a key: what is held, or what `load` gives. */
  read(key: string, load: () => Promise<Value>, tags?: readonly string[]): Promise<Value>;
  /** What is to be awaited after a write of a key's value, by the cache's documentation. */
  deleteKey(key: string): Promise<void>;
  /** What is to be awaited after a write of what values with these tags depend on. */
  invalidateTags?(tags: readonly string[]): Promise<void>;
  /** The value of an argument whose key the cache makes itself. */
  readByArgument?(argument: unknown, load: () => Promise<Value>): Promise<Value>;
  /** A read by somebody with an uncommitted write; an ordinary read unless the cache knows of transactions. */
  readInTransaction?(key: string, load: () => Promise<Value>, tags?: readonly string[]): Promise<Value>;
  /** The key that the cache itself makes of an argument. */
  makeKey?(argument: unknown): string;
  close(): Promise<void>;
}

/** A cache library, used as its documentation says. */
export interface Peer {
  /** As in the tables. */
  readonly name: string;
  /** The packages whose versions matter. */
  readonly packages: readonly string[];
  readonly layers: readonly Layers[];
  /** Whether the memory of one process hears of what another one invalidates. */
  readonly inStep: boolean;
  /** Whether it hears of that by messages, on a connection that listens. */
  readonly listens: boolean;
  /**
   * Whether processes that live invalidate, within a bound it states, what a dead writer's transactions left in an outbox.
   * `@vif/cache-postgres` does, within a second.
   */
  readonly drainsOutbox: boolean;
  readonly tags: boolean;
  /** Whether it makes keys of arguments. */
  readonly makesKeys: boolean;
  /** Whether its memory can be held to a number of entries. */
  readonly bounded: boolean;
  open<Value extends object>(opening: Opening): Promise<OpenCache<Value>>;
}
