import { setTimeout as pause } from 'node:timers/promises';
import type { Tag } from '@vif/cache';
import { closed } from '@vif/contract/change-stream';
import type { SignedIn } from '../auth/signed-in.ts';
import { sessionBy } from '../auth/signed-in-by.ts';
import type { HouseDoor } from '../house.ts';
import { VifError } from '../problems/vif-error.ts';
import type { Logged } from './change-log.ts';
import { Follower, type FollowerSocket } from './follower.ts';

/** A socket as `ws` has it. */
export interface ChangesSocket extends FollowerSocket {
  ping(this: this): void;
  on(this: this, event: 'pong' | 'close', listener: () => void): unknown;
  on(
    this: this,
    event: 'message',
    listener: (data: { toString(): string }, binary: boolean) => void,
  ): unknown;
}

interface Following {
  readonly socket: ChangesSocket;
  readonly follower: Follower;
  readonly signedIn: SignedIn;
  readonly cookie: string | undefined;
  /** What ends or changes the session bumps one of these; undefined while that is not known. */
  own: ReadonlySet<Tag> | undefined;
  answered: boolean;
  /** Its session is being looked at, or was within the last second and has to wait. */
  looking: boolean;
  /** Something may have changed its session since the last look was sent. */
  due: boolean;
}

/** Milliseconds between two pings; who answered none in between is gone. */
const betweenBeats = 30_000;
/**
 * A session whose time is over bumps nothing, so it is looked at every ten minutes too. Not at each beat: who looks
 * prolongs the session, and only an answer to a request can prolong its cookie with it.
 */
const beatsBetweenLooks = 20;
/**
 * Milliseconds between two looks at a session of which it is not known what changes it, as while the cache is off: every
 * bump may then be its own.
 */
const betweenBlindLooks = 1000;
/** Windows and tabs of one person. */
const mostOfSession = 10;

/** Every open socket, and whether the session that opened it still stands. */
export class Followers {
  readonly #door: HouseDoor;
  readonly #all = new Set<Following>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #leave: (() => void) | undefined;
  #beats = 0;

  constructor(door: HouseDoor) {
    this.#door = door;
  }

  add(socket: ChangesSocket, signedIn: SignedIn, cookie: string | undefined): void {
    const { active, sessionId } = signedIn;
    const ofSession = [...this.#all].filter((one) => one.signedIn.sessionId === sessionId).length;
    if (!active || ofSession >= mostOfSession) return socket.close(1013, 'too many sockets of this session');
    this.#start();
    const { house } = this.#door;
    const opaque = house.opaque.in(active.workspace.id, active.role);
    const follower = new Follower({ socket, log: house.cache.changes, opaque });
    const following: Following = {
      socket,
      follower,
      signedIn,
      cookie,
      own: undefined,
      answered: true,
      looking: false,
      due: false,
    };
    this.#all.add(following);
    socket.on('close', () => this.#all.delete(following));
    socket.on('pong', () => {
      following.answered = true;
    });
    socket.on('message', (data, binary) => {
      if (binary) socket.close(1003, 'text only');
      else follower.receive(data.toString());
    });
    // The session may have ended between the request and here.
    void this.#see(following);
  }

  /** Every half minute: pings, says how far it is, and now and then looks whether sessions still stand. */
  beat(): void {
    const looks = ++this.#beats % beatsBetweenLooks === 0;
    for (const following of this.#all) {
      if (!following.answered) {
        following.socket.terminate();
        continue;
      }
      following.answered = false;
      following.socket.ping();
      following.follower.beat();
      if (looks) void this.#see(following);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#leave?.();
  }

  #start(): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => this.beat(), betweenBeats).unref();
    this.#leave = this.#door.house.cache.changes.listen((logged) => this.#hear(logged));
  }

  #hear(logged: Logged | undefined): void {
    for (const following of this.#all) {
      // After a gap the session's own change may be among what was missed.
      const { own } = following;
      if (!logged || !own || logged.tags.some((tag) => own.has(tag))) void this.#see(following);
      following.follower.hear(logged);
    }
  }

  /** Looks whether its session still stands: once at a time, and once more for all that happened meanwhile. */
  async #see(following: Following): Promise<void> {
    following.follower.holdBack();
    following.due = true;
    if (following.looking) return;
    following.looking = true;
    while (following.due && this.#all.has(following)) {
      following.due = false;
      await this.#look(following);
      if (!following.own) await pause(betweenBlindLooks, undefined, { ref: false });
    }
    following.looking = false;
  }

  /**
   * Nothing is told to a session of which it is not known that it still is what it was. What was bumped before this look
   * may be told by it, and what came later where that did not concern the session.
   */
  async #look(following: Following): Promise<void> {
    const { socket, follower, signedIn, cookie } = following;
    const { at } = this.#door.house.cache.changes;
    try {
      const { value: now, tags, stored } = await sessionBy(this.#door.house, cookie);
      const same =
        now.sessionId === signedIn.sessionId &&
        now.active?.workspace.id === signedIn.active?.workspace.id &&
        now.active?.role === signedIn.active?.role;
      following.own = stored ? new Set(tags) : undefined;
      if (!same) socket.close(now.active ? closed.moved : closed.signedOut, 'the session changed');
      else if (!following.due) follower.goOn();
      else if (at !== undefined) follower.tellUntil(at);
    } catch (error) {
      const over = error instanceof VifError && error.code === 'not_signed_in';
      // While the database is away nothing can be said: the client comes back, and is refused until it is.
      socket.close(over ? closed.signedOut : 1013, over ? 'the session is over' : 'try again');
    }
  }
}
