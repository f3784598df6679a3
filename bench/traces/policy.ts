/** A cache of so many entries, as a trace asks it. */
export interface Policy {
  /** Whether the key is held; it then counts as used. */
  readonly use: (key: string) => boolean;
  /** Takes in a key that is not held. */
  readonly add: (key: string) => void;
}

/** What is compared, by its name in the tables. */
export type MakePolicy = (size: number) => Policy;
