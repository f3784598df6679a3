import { type Changed, type Held, held as heldSchema, mostHeld } from '@vif/contract/changes';
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
  #unanswered: Held[] = [];
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
    if (this.#heldBack) this.#unanswered.push(said);
    else this.#tellSince(said.since, new Set(said.hold));
  }

  /** @param logged undefined: some may have been missed */
  hear(logged: Logged | undefined): void {
    if (this.#heldBack) return;
    const { log } = this.#options;
    if (!logged) {
      this.#told = log.at;
      if (log.at !== undefined) this.#send({ at: log.at, refetch: true });
      return;
    }
    this.#told = logged.at;
    const tags = this.#among([logged], this.#held);
    if (tags.length > 0) this.#send({ at: logged.at, tags });
  }

  /** Nothing is told until `goOn`, which then tells all of it. */
  holdBack(): void {
    this.#heldBack = true;
  }

  goOn(): void {
    if (!this.#heldBack) return;
    this.#heldBack = false;
    this.#tellSince(this.#told, this.#held);
    for (const { since, hold } of this.#unanswered.splice(0)) this.#tellSince(since, new Set(hold));
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

  #tellSince(position: string | undefined, tags: ReadonlySet<string>): void {
    const { log } = this.#options;
    const { at } = log;
    if (at === undefined) return; // the gap that follows says it
    const missed = position === undefined ? undefined : log.since(position);
    if (tags === this.#held) this.#told = at;
    if (!missed) return this.#send({ at, refetch: true });
    const bumped = this.#among(missed, tags);
    if (bumped.length > 0) this.#send({ at, tags: bumped });
  }

  #among(changes: readonly Logged[], tags: ReadonlySet<string>): string[] {
    if (tags.size === 0) return [];
    const bumped = new Set<string>();
    for (const change of changes)
      for (const tag of change.tags) {
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
