/** What a cached value depends on, such as one workspace's rows of one table. Two tags are the same when they are equal text. */
export type Tag = string;

/** Where an authority stands: its bumps are numbered within an epoch, which ends when it may have forgotten some. */
export interface Position {
  readonly epoch: string;
  readonly sequence: number;
}

/** What says of a value how fresh it is: everything that happened to its tags up to this position is in it. */
export interface Token extends Position {
  readonly tags: readonly Tag[];
}

/**
 * What an authority says of a token.
 * - `current`: none of its tags was bumped since.
 * - `outdated`: one of them was.
 * - `forgotten`: the authority no longer knows; it lost its memory, or the token is older than what it remembers.
 * - `unreachable`: the authority cannot be asked now.
 */
export type Verdict = 'current' | 'outdated' | 'forgotten' | 'unreachable';

/** A value, or a promise of it where it has to be fetched. */
export type Awaitable<T> = T | Promise<T>;

/** One bump of some tags, and where the authority stands behind it. */
export interface Change extends Position {
  readonly tags: readonly Tag[];
}

/** Who follows an authority. Both are called within the bump or the message that brought it: they are to be short. */
export interface Following {
  /** Each bump from the last gap on, once and in order. */
  onBump(this: void, change: Change): void;
  /**
   * Once at the beginning, and whenever bumps may have been missed: from here on they are told.
   * @param at undefined while the authority cannot be followed; another gap comes when it can
   */
  onGap(this: void, at: Position | undefined): void;
}

/**
 * Knows for each tag when it was last bumped, and is the truth: tiers only hold bytes. Each call takes effect at one
 * moment between its beginning and its end, and calls that begin later see it.
 */
export interface Authority {
  /** Where it stands now; undefined when it cannot be asked. */
  position(): Awaitable<Position | undefined>;
  /** Whether a value is as fresh as it can be. */
  check(token: Token): Awaitable<Verdict>;
  /**
   * Makes every token that carries one of the tags outdated. Answers the position that follows: a token from there on is
   * outdated by every later bump and not by this one. Undefined where the authority cannot say.
   * @throws when it cannot be reached; then the write that asked may not be acknowledged
   */
  bump(tags: Iterable<Tag>): Awaitable<Position | undefined>;
  /** Tells of every bump from any process, where it can. Returns how to stop. */
  follow?(following: Following): () => void;
}
