import type { Authority, Change, Invalidation, Journal, Position, Tag, Token } from '@vif/cache';
import type { OutboxRow } from './outbox-row.ts';

export interface InvalidationsOptions {
  /** How many are kept. */
  readonly most?: number;
  /** How many characters of their tags and of the keys that they hit. */
  readonly characters?: number;
  /** For how long, in milliseconds. */
  readonly longest?: number;
  /** Whose a key is: for who asks about one, `entries` counts those of the same owner. All have one unless given. */
  ownerOf?(this: void, key: string): string;
  /** The time in milliseconds. */
  now?(this: void): number;
}

/** Two megabytes at most, with what keeping them takes. */
const usual = {
  most: 1000,
  characters: 500_000,
  longest: 3_600_000,
  ownerOf: () => '',
  now: Date.now,
};

/** How many keys that it hit are kept of one; `entries` counts no further. */
const mostKeys = 1000;

/** What a row of the outbox says, or a bump that was heard of, which says its tags alone. */
interface Cause {
  readonly why: Pick<OutboxRow, 'table' | 'operation' | 'transaction'> | undefined;
  readonly at: string;
  readonly kept: number;
  readonly position: Position | undefined;
  readonly tags: readonly Tag[];
  /** The keys that reads found outdated by it, and which of their tags it bumped. */
  readonly hit: Map<string, readonly Tag[]>;
  characters: number;
}

/**
 * The recent invalidations, and which entries reads found outdated by them: those of this process with table, operation
 * and transaction; of others the tags, in which the table stands.
 *
 * @example
 * const journal = new Invalidations();
 * journal.follow(authority);
 * const lease = await AuthorityLease.open({ connection, authority, onBumped: journal.noted, … });
 * const cache = new Cache({ authority, journal, … });
 * (await cache.explain('orders:list')).invalidations; // [{ table: 'shop.orders', operation: 'UPDATE', … }]
 */
export class Invalidations implements Journal {
  readonly #options: Required<InvalidationsOptions>;
  /** The oldest first. */
  #causes: Cause[] = [];
  #characters = 0;
  /** Bumps that were noted with their rows and are still to be heard of. */
  readonly #noted = new Set<string>();
  /** Bumps that were heard of, by name: their rows may come. */
  readonly #heard = new Map<string, Cause>();

  constructor(options: InvalidationsOptions = {}) {
    this.#options = { ...usual, ...options };
  }

  /** Hears of every process's bumps, and of those by hand, where the authority tells of them. Returns how to stop. */
  follow(authority: Pick<Authority, 'follow'>): () => void {
    const stop = authority.follow?.({
      onBump: (change) => this.#hear(change),
      onGap: () => this.#noted.clear(),
    });
    return stop ?? (() => undefined);
  }

  /** Rows were bumped here; for `AuthorityLeaseOptions.onBumped`. */
  readonly noted = (rows: readonly OutboxRow[], bumps: readonly Position[]): void => {
    const heard = bumps.flatMap((bump) => this.#takeHeard(nameOf(bump)));
    const now = this.#options.now();
    for (const { table, operation, transaction, at, tags } of rows) {
      if (tags.length === 0) continue;
      const cause: Cause = {
        why: {
          ...(table && { table }),
          ...(operation && { operation }),
          ...(transaction && { transaction }),
        },
        at: at ?? new Date(now).toISOString(),
        kept: now,
        position: bumps.at(-1),
        tags,
        hit: new Map(),
        characters: charactersIn(tags),
      };
      this.#keep(cause);
      for (const [key, hitTags] of heard.flatMap(({ hit }) => [...hit])) {
        const own = hitTags.filter((tag) => tags.includes(tag));
        if (own.length > 0) this.#hit(cause, key, own);
      }
    }
    this.#letGo();
  };

  readonly outdated = (key: string, token: Token): void => {
    const tags = new Set(token.tags);
    let first: Position | undefined;
    let causes: Cause[] = [];
    for (const cause of this.#causes) {
      const { position } = cause;
      if (!isLater(position, token) || (first && position.sequence > first.sequence)) continue;
      if (!cause.tags.some((tag) => tags.has(tag))) continue;
      if (first && position.sequence === first.sequence) causes.push(cause);
      else [first, causes] = [position, [cause]];
    }
    for (const cause of causes) this.#hit(cause, key, matching(cause.tags, tags));
    this.#letGo();
  };

  readonly of = (key: string, held: readonly Token[]): Invalidation[] => {
    this.#letGo();
    const tokens = held.map((token) => ({ token, tags: new Set(token.tags) }));
    return this.#causes.toReversed().flatMap((cause) => {
      const tags = new Set(cause.hit.get(key));
      for (const one of tokens)
        if (isLater(cause.position, one.token))
          for (const tag of matching(cause.tags, one.tags)) tags.add(tag);
      return tags.size > 0 ? this.#told(cause, key, [...tags]) : [];
    });
  };

  /** One, or of a bump that was heard of one for each table that it names. */
  #told({ why, at, hit }: Cause, key: string, tags: readonly Tag[]): Invalidation[] {
    const { ownerOf } = this.#options;
    const owner = ownerOf(key);
    let entries = 0;
    for (const other of hit.keys()) if (ownerOf(other) === owner) entries++;
    if (why) return [{ ...why, at, tags, entries }];
    return [...Map.groupBy(tags, (tag) => (tag === key ? undefined : tableIn(tag)))].map(
      ([table, ofTable]) => ({ ...(table !== undefined && { table }), at, tags: ofTable, entries }),
    );
  }

  #hear({ epoch, sequence, tags }: Change): void {
    const position = { epoch, sequence };
    const name = nameOf(position);
    if (this.#noted.delete(name)) return;
    const now = this.#options.now();
    const characters = charactersIn(tags);
    const at = new Date(now).toISOString();
    const cause = { why: undefined, at, kept: now, position, tags, hit: new Map(), characters };
    this.#keep(cause);
    this.#heard.set(name, cause);
    this.#letGo();
  }

  #keep(cause: Cause): void {
    this.#causes.push(cause);
    this.#characters += cause.characters;
  }

  #hit(cause: Cause, key: string, tags: readonly Tag[]): void {
    if (cause.hit.size >= mostKeys && !cause.hit.has(key)) return;
    if (!cause.hit.has(key)) {
      cause.characters += key.length;
      this.#characters += key.length;
    }
    cause.hit.set(key, tags);
  }

  /** What was heard of a bump, in whose place its rows come; if nothing was, it is expected. */
  #takeHeard(name: string): readonly Cause[] {
    const cause = this.#heard.get(name);
    if (!cause) {
      this.#noted.add(name);
      for (const oldest of this.#noted) {
        if (this.#noted.size <= this.#options.most) break;
        this.#noted.delete(oldest); // nobody tells of bumps, it seems
      }
      return [];
    }
    this.#heard.delete(name);
    this.#causes.splice(this.#causes.lastIndexOf(cause), 1);
    this.#characters -= cause.characters;
    return [cause];
  }

  /** Of the oldest as much that it need not be done at each bump. */
  #letGo(): void {
    const { most, characters, longest, now } = this.#options;
    const since = now() - longest;
    const oldest = this.#causes[0];
    if (!oldest || (this.#causes.length <= most && this.#characters <= characters && oldest.kept >= since))
      return;
    const tooMany = this.#causes.length > most || this.#characters > characters;
    let gone = 0;
    for (const cause of this.#causes) {
      const full =
        tooMany && (this.#causes.length - gone > 0.75 * most || this.#characters > 0.75 * characters);
      if (!full && cause.kept >= since) break;
      this.#characters -= cause.characters;
      if (cause.position) this.#heard.delete(nameOf(cause.position));
      gone++;
    }
    this.#causes = this.#causes.slice(gone);
  }
}

function isLater(position: Position | undefined, than: Position): position is Position {
  return position !== undefined && position.epoch === than.epoch && position.sequence > than.sequence;
}

function matching(tags: readonly Tag[], among: ReadonlySet<Tag>): Tag[] {
  return tags.filter((tag) => among.has(tag));
}

function nameOf({ epoch, sequence }: Position): string {
  return `${epoch} ${sequence}`;
}

function charactersIn(tags: readonly Tag[]): number {
  return tags.reduce((sum, tag) => sum + tag.length, 0);
}

/** The table in a tag that `tableTags` or `columnTags` made. */
function tableIn(tag: Tag): string | undefined {
  return /^[^:\s]*:([^:]+\.[^:]+):(?:any|bulk|[^:=]+=[^:]*)$/.exec(tag)?.[1];
}
