import { type Changed, type Held, mostHeld } from '@vif/contract/change-stream';

/** An answer that a query has: its tags, and up to where it is known to be right. */
interface Answer {
  /** Where the changes stood before it was read. */
  readonly at: string;
  /** No change up to here made it outdated. */
  upTo: string;
  readonly tags: readonly string[];
}

/**
 * What the answers on this page depend on, and which of them are outdated: the rule by which the server's cache
 * decides, with the numbers of the same bumps. Queries are known by their hash.
 */
export class HeldAnswers {
  readonly #answers = new Map<string, Answer>();
  /** When a tag was bumped last, as far as that was heard. */
  readonly #bumped = new Map<string, string>();
  /** Up to here anything may have changed. */
  #floor: string | undefined;
  /** What the socket was told. */
  readonly #told = new Set<string>();
  /** Questions to the socket that it did not answer yet. */
  #unanswered = 0;
  /** The run of the server that the socket speaks of. */
  #run: string | undefined;
  /** Queries whose answers have to be from this position on. */
  readonly #outdated = new Map<string, string>();

  /** @param depends an answer's `dependsHeader`; null where it is not followed */
  answered(query: string, depends: string | null): void {
    const [at, list] = depends?.split(' ') ?? [];
    if (!at || !list) return this.removed(query);
    const tags = list.split(',');
    this.#answers.set(query, { at, upTo: at, tags });
    const run = runOf(at);
    const isOf = (other: string | undefined): other is string => other !== undefined && runOf(other) === run;
    if (isOf(this.#floor) && isOlder(at, this.#floor)) this.#outdated.set(query, this.#floor);
    for (const tag of tags) {
      // From another run than the socket's: it is for the server to say whether it is one that is over.
      if (this.#run !== undefined && run !== this.#run) this.#told.delete(tag);
      const bumped = this.#bumped.get(tag);
      // It was on its way while one of its tags was bumped.
      if (isOf(bumped) && isOlder(at, bumped)) this.#outdated.set(query, bumped);
    }
  }

  removed(query: string): void {
    this.#answers.delete(query);
    this.#outdated.delete(query);
  }

  /** Lets go of the queries that are no more. */
  keep(isQuery: (query: string) => boolean): void {
    for (const query of this.#answers.keys()) if (!isQuery(query)) this.removed(query);
  }

  /** The socket is a new one, which knows nothing yet. */
  reconnected(): void {
    this.#told.clear();
    this.#unanswered = 0;
  }

  /** What the socket has to be told; undefined when it knows all of it. */
  untold(): Held | undefined {
    const wanted = new Set<string>();
    const hold = new Set<string>();
    let since: string | undefined;
    for (const { upTo, tags } of this.#answers.values()) {
      if (wanted.size + tags.length > mostHeld) continue; // as it was without a socket: old after five minutes
      for (const tag of tags) {
        wanted.add(tag);
        if (this.#told.has(tag)) continue;
        hold.add(tag);
        if (since === undefined || isOlder(upTo, since)) since = upTo;
      }
    }
    const drop = [...this.#told].filter((tag) => !wanted.has(tag));
    if (hold.size === 0 && drop.length === 0) return undefined;
    // A position is asked for even where nothing new is held; then any is right.
    const [first] = this.#answers.values();
    return { since: since ?? first?.at ?? nowhere, hold: [...hold], drop };
  }

  /** It was told. */
  told({ hold, drop }: Held): void {
    this.#unanswered++;
    for (const tag of hold) this.#told.add(tag);
    for (const tag of drop) this.#told.delete(tag);
  }

  /** What the server says. */
  heard(changed: Changed): void {
    const { at } = changed;
    const all = 'refetch' in changed;
    const bumped = new Set(all ? [] : changed.tags);
    const run = runOf(at);
    if (all || run !== this.#run) this.#bumped.clear();
    this.#run = run;
    if (all) this.#floor = at;
    if (changed.held) this.#unanswered--;
    for (const tag of bumped) this.#bumped.set(tag, at);
    for (const [query, answer] of this.#answers) {
      if (!isOlder(answer.at, at)) continue;
      if (all || answer.tags.some((tag) => bumped.has(tag))) this.#outdated.set(query, at);
      // What the socket does not know to be held it would not have said.
      else if (runOf(answer.at) === run && this.#unanswered <= 0 && this.#isTold(answer)) answer.upTo = at;
    }
  }

  #isTold({ tags }: Answer): boolean {
    return tags.every((tag) => this.#told.has(tag));
  }

  /** Queries to ask again: each is named once, and known again when it was answered. */
  takeOutdated(): Set<string> {
    const taken = new Set<string>();
    for (const [query, from] of this.#outdated) {
      const answer = this.#answers.get(query);
      // A newer answer may have come meanwhile, as after a save of one's own.
      if (answer && isOlder(answer.at, from)) {
        taken.add(query);
        this.#answers.delete(query);
      }
    }
    this.#outdated.clear();
    return taken;
  }
}

/** A position that no server knows: it answers that anything may have changed. */
const nowhere = '--------.0';

/** Positions of one run of the server follow each other. */
const runOf = (at: string) => at.slice(0, at.indexOf('.'));
const sequenceOf = (at: string) => Number(at.slice(at.indexOf('.') + 1));

/** Of another run nothing is known, so it counts as older. */
function isOlder(at: string, than: string): boolean {
  return runOf(at) !== runOf(than) || sequenceOf(at) < sequenceOf(than);
}
