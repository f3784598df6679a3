import { type Changed, type Held, mostHeld } from '@vif/contract/change-stream';
import { held as heldSchema } from '@vif/contract/changes';
import type { ChangeLog, Logged } from './change-log.ts';
import type { OpaqueTags } from './opaque-tags.ts';

/** What a follower needs of its socket. */
export interface FollowerSocket {
  readonly bufferedAmount: number;
  send(this: this, message: string): void;
  close(this: this, code: number, reason: string): void;
  terminate(this: this): void;
}

export interface FollowerOptions {
  readonly socket: FollowerSocket;
  readonly log: ChangeLog;
  readonly opaque: OpaqueTags;
}

/** Bytes that may wait for a client that does not read. */
const mostWaiting = 262_144;
/** Messages from a client between two beats. */
const mostMessages = 100;
/** Messages and their tags that may wait for an answer. */
const mostUnanswered = 5 * mostHeld;

/** What a client wants to know. */
type Asked = Pick<Held, 'since' | 'hold'>;

/**
 * One socket: which tags it holds, and how far it was told.
 * States: following → held back, while it is looked whether its session still stands → following, or closed.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #held = new Set<string>();
  #told: string | undefined;
  #heldBack = false;
  /** What the client said meanwhile. */
  #unanswered: Asked[] = [];
  #messages = 0;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#told = options.log.at;
    this.#sayWhere();
  }

  /** What the client sends. */
  receive(message: string): void {
    const { socket } = this.#options;
    if (++this.#messages > mostMessages) return socket.close(1008, 'too many messages');
    const said = heldIn(message);
    if (!said) return socket.close(1008, 'no message of this address');
    for (const tag of said.drop) this.#held.delete(tag);
    for (const tag of said.hold) this.#held.add(tag);
    if (this.#held.size > mostHeld) return socket.close(1008, 'too many tags');
    if (this.#heldBack) this.#wait(said);
    else this.#answer(said, this.#options.log.at);
  }

  /** @param logged undefined: some may have been missed */
  hear(logged: Logged | undefined): void {
    if (this.#heldBack) return;
    const { log } = this.#options;
    if (!logged) {
      this.#told = log.at;
      if (log.at === undefined) return;
      this.#send({ at: log.at, refetch: true });
      for (const said of this.#unanswered.splice(0)) this.#answer(said, log.at);
      return;
    }
    this.#told = logged.at;
    const tags = this.#among([logged], this.#held);
    if (tags.length > 0) this.#send({ at: logged.at, tags });
  }

  /** Nothing is told but by `tellUntil`, until `goOn`. */
  holdBack(): void {
    this.#heldBack = true;
  }

  /** Tells what was missed, and from now on what happens. */
  goOn(): void {
    if (!this.#heldBack) return;
    this.#heldBack = false;
    this.tellUntil(this.#options.log.at);
  }

  /** Tells what was missed up to a position of the log; undefined while that has none. */
  tellUntil(until: string | undefined): void {
    const missed = this.#since(this.#told, this.#held, until);
    if (missed && ('refetch' in missed || missed.tags.length > 0)) this.#send(missed);
    this.#told = missed?.at ?? this.#told;
    for (const said of this.#unanswered.splice(0)) this.#answer(said, until);
  }

  /** Every half minute: says how far it is, so that a client that comes back later has missed little. */
  beat(): void {
    this.#messages = 0;
    if (!this.#heldBack) this.#sayWhere();
  }

  #sayWhere(): void {
    const { at } = this.#options.log;
    if (at !== undefined) this.#send({ at, tags: [] });
  }

  #wait({ since, hold }: Asked): void {
    this.#unanswered.push({ since, hold });
    const waiting = this.#unanswered.reduce((sum, asked) => sum + 1 + asked.hold.length, 0);
    if (waiting <= mostUnanswered) return;
    this.#unanswered = [];
    this.#options.socket.close(1013, 'try again later');
  }

  #answer(said: Asked, until: string | undefined): void {
    const { since, hold } = said;
    const missed = this.#since(since, new Set(hold), until);
    if (missed) this.#send({ ...missed, held: true });
    else this.#wait(said);
  }

  /** Undefined while nothing can be said: the gap that follows says it, and what was asked is answered then. */
  #since(
    position: string | undefined,
    tags: ReadonlySet<string>,
    until: string | undefined,
  ): Changed | undefined {
    const { log } = this.#options;
    if (until === undefined || log.at === undefined) return undefined;
    const missed = position === undefined ? undefined : log.since(position);
    if (!missed) return { at: until, refetch: true };
    // Not among them where the position is as late.
    const end = missed.findLastIndex(({ at }) => at === until) + 1;
    return { at: until, tags: this.#among(missed.slice(0, end), tags) };
  }

  #among(changes: readonly Logged[], tags: ReadonlySet<string>): string[] {
    if (tags.size === 0) return [];
    const bumped = new Set<string>();
    for (const change of changes)
      for (const tag of change.tags) {
        if (!this.#options.opaque.mayBeHeld(tag)) continue;
        const opaque = this.#options.opaque.of(tag);
        if (tags.has(opaque)) bumped.add(opaque);
      }
    return [...bumped];
  }

  #send(message: Changed): void {
    const { socket } = this.#options;
    if (socket.bufferedAmount > mostWaiting) return socket.terminate();
    socket.send(JSON.stringify(message));
  }
}

function heldIn(message: string): Held | undefined {
  try {
    return heldSchema.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}
