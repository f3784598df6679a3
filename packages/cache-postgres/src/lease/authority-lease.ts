import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { NotTaken } from '../authority/authority-lock.ts';
import { AuthorityTaken } from '../authority/authority-taken.ts';
import { succeeds } from '../authority/succeeds.ts';
import { bumpRows } from '../outbox/bump-rows.ts';
import { Drain } from '../outbox/drain.ts';
import { left } from '../outbox/notify-left.ts';
import type { OutboxRow } from '../outbox/outbox-row.ts';
import { type AuthorityLeaseOptions, defaults } from './authority-lease-options.ts';
import { cacheOff, cacheOffOver } from './cache-off.ts';
import { Doorbell } from './doorbell.ts';
import { connectLease } from './lease-connection.ts';
import { LeasePlace } from './lease-place.ts';
import type { LeaseState } from './lease-state.ts';
import { Vouching } from './vouching.ts';
import { Waiters } from './waiters.ts';

/** Milliseconds before the second attempt to connect again, doubled up to the longest. */
const pauses = { first: 100, longest: 2_000 } as const;
/** Milliseconds between two looks whether others took the rows of a writer that waits. */
const waiterPause = 20;
/** After which part of the bound the consumer takes what a process was about to bump itself: one that lives did long before. */
const consumerGrace = 0.8;

/**
 * Makes this process one that serves from a database's authority, the only one unless that is common to several, and tells
 * it what others wrote: bumps and deletes the rows that wait in the outbox. Only while `held` may anything cached be served.
 *
 * Of several processes one, the consumer, drains what nobody else bumps. Since it may stand still with its lock, every
 * process looks as well, and drains itself what has waited for the bound.
 *
 * @example
 * const lease = await AuthorityLease.open({ connection, authority, forget: () => authority.forget(), onChange: say });
 * const cache = new Cache({ authority, usable: () => lease.held });
 * const Client = acknowledgingClient((rows) => lease.acknowledge(rows));
 */
export class AuthorityLease {
  readonly #options: Required<AuthorityLeaseOptions>;
  #state: LeaseState = 'taking';
  #client: pg.Client | undefined;
  /** Of the connection; another one begins without. */
  #place: LeasePlace;
  #refusal: 'another' | 'elsewhere' = 'another';
  /** When the last look that ended well was sent: by the clock, and by the day's, which goes on while the machine sleeps. */
  #looked = { at: -Infinity, date: -Infinity };
  /** Until then whoever had the lock before may serve. */
  #othersServeUntil = -Infinity;
  readonly #vouching: Vouching;
  readonly #drain: Drain;
  readonly #waiters = new Waiters();
  /** What was said last, that all is well being understood at first. */
  #said = 'well';
  readonly #bell = new Doorbell();
  /** Another process cannot bump what it wrote. */
  #called = false;
  #running: Promise<void> | undefined;

  private constructor(options: AuthorityLeaseOptions) {
    this.#options = { ...defaults, ...options };
    this.#place = new LeasePlace(options.common);
    const { forget, onTracking, onBumped, driftEvery: every, clock } = this.#options;
    this.#drain = new Drain(options.authority, onBumped);
    this.#vouching = new Vouching({ forget, onTracking, every, clock });
  }

  /**
   * Takes the authority. When whoever kept another one before did not let go in order, the lease is held only once the bound
   * has passed; when a common one cannot be asked, as soon as it can be.
   * @throws {AuthorityTaken} when a process still keeps another one after `patience`
   * @throws what connecting throws
   */
  static async open(options: AuthorityLeaseOptions): Promise<AuthorityLease> {
    const lease = new AuthorityLease(options);
    const { patience, poll, clock, onChange, common, bound } = lease.#options;
    try {
      const client = await lease.#connect();
      lease.#client = client;
      let announced = false;
      for (const began = clock(); ; await sleep(poll)) {
        await lease.#turn(client); // fails once the connection is lost
        if (lease.#state !== 'taking') break;
        if (clock() - began >= patience) throw new AuthorityTaken(common ? lease.#refusal : 'alone');
        // One that shares this authority has the lock to itself only while it claims it.
        if (announced || clock() - began < 2 * bound) continue;
        onChange('Another process serves this database. This one waits for it to stop.');
        announced = true;
      }
    } catch (error) {
      await lease.close();
      throw error;
    }
    lease.#running = lease.#run();
    return lease;
  }

  /** Whether what is cached here may be served now, and a bump here is all that a write needs. */
  get held(): boolean {
    const { bound } = this.#options;
    if (this.#state !== 'holding' || this.lag > bound) return false;
    const sinceThen = Date.now() - this.#looked.date;
    return sinceThen >= 0 && sinceThen <= bound; // set back, it tells nothing until the next look
  }

  /** Milliseconds since the last good look through the outbox was sent; Infinity before the first. */
  get lag(): number {
    return this.#options.clock() - this.#looked.at;
  }

  /**
   * Returns when nobody serves any more what a committed write replaced: at once after its bump while the lease is held,
   * else when the rows were taken, here or by another process, and after twice the bound at the latest. Never rejects.
   * @param rows what the write left in the outbox; undefined when that is not known
   */
  async acknowledge(rows: readonly OutboxRow[] | undefined): Promise<void> {
    const ids = rows?.map(({ id }) => id);
    const [{ authority, onBumped }, client] = [this.#options, this.#client];
    if (ids && this.held && (await succeeds(() => bumpRows(authority, rows ?? [], onBumped)))) {
      this.#drain.bumped(ids);
      return;
    }
    // The rows wait in the outbox for who can; where the connection was lost meanwhile, perhaps in a crash that took them.
    const waited = client === this.#client ? ids : undefined;
    await this.#waiters.wait(waited, 2 * this.#options.bound, () => this.#wake());
  }

  /** Lets go in order, so that whoever comes next need not wait. Nothing is held from the moment of the call. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.#bell.ring();
    await this.#running;
    const client = this.#client;
    this.#client = undefined;
    try {
      if (client && this.#place.isTaken) {
        await this.#drain.deleteBumped(client);
        await this.#place.release(client);
      }
    } catch {
      // Then it was not in order, and who comes next waits for the bound.
    }
    await client?.end().catch(() => undefined);
  }

  async #run(): Promise<void> {
    let pause: number = pauses.first;
    while (!this.#is('closed')) {
      try {
        this.#client ??= await this.#connect();
        const next = await this.#turn(this.#client);
        pause = pauses.first;
        if (!this.#is('closed')) await this.#bell.pause(Math.min(next, this.#options.poll));
      } catch (error) {
        this.#lose(this.#client, error);
        this.#bell.answer();
        if (!this.#is('closed')) await this.#bell.pause(pause);
        pause = Math.min(2 * pause, pauses.longest);
      }
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = await connectLease({
      connection: this.#options.connection,
      onNotify: (message) => this.#notified(message),
      onLost: (error, lost) => this.#lose(lost, error),
    });
    this.#waiters.forgetRows();
    return client;
  }

  /** One step towards `holding`, or one look; says when the next is due at the latest, in milliseconds. */
  async #turn(client: pg.Client): Promise<number> {
    this.#bell.answer();
    const { bound, clock } = this.#options;
    const place = this.#place;
    if (!place.isTaken) {
      const taken = await place.take(client);
      if (typeof taken === 'string') return this.#standBy(client, taken);
      this.#othersServeUntil = taken.othersMayServe ? clock() + bound : -Infinity;
      this.#vouching.again();
      this.#drain.forget();
      this.#become('waiting', client);
    }
    if (clock() < this.#othersServeUntil) return this.#othersServeUntil - clock();
    await place.claim(client);
    const confirmation = await place.confirm();
    if (confirmation === 'current') {
      const vouched = await this.#vouch(client);
      if (await this.#look(client, place, vouched)) {
        if (vouched && this.#become('holding', client)) this.#say('well', 'The cache is on again.');
        return Infinity;
      }
    } else if (confirmation === 'elsewhere') {
      this.#become('taking', client); // first, since others may serve as soon as the lock is free
      await place.release(client);
    } else await place.stopConsuming(client);
    return this.#callOthers(client, pauses.first);
  }

  /** This process has no place to serve from. */
  async #standBy(client: pg.Client, refusal: NotTaken): Promise<number> {
    this.#become(refusal === 'unasked' ? 'unasked' : 'taking', client);
    // That a common authority is away is for whoever keeps the way to it to say.
    if (refusal !== 'unasked') {
      this.#refusal = refusal;
      if (this.#running) this.#say(refusal, cacheOff[refusal]);
    }
    return this.#callOthers(client, Infinity);
  }

  /** Others take the rows that writers here wait for; says when to look whether they did. */
  async #callOthers(client: pg.Client, otherwise: number): Promise<number> {
    if (!this.#waiters.any) return otherwise;
    await this.#waiters.callOthers(client);
    await this.#waiters.resolveTaken(client);
    return waiterPause;
  }

  /** Whether every write leaves its row: asked now and then, and at each turn once it is not so. */
  async #vouch(client: pg.Client): Promise<boolean> {
    const vouching = this.#vouching;
    if (this.#is('holding') && vouching.isRecent) return true;
    // Its outbox' numbers may begin anew.
    const untracked = await vouching.vouch(client, () => this.#drain.forget());
    if (untracked?.length === 0) return true;
    this.#become('drifted', client);
    if (untracked) {
      this.#say(untracked.join(', '), cacheOffOver(untracked));
    }
    return false;
  }

  /**
   * Bumps what others wrote. Every row that was committed a bound before this was sent is bumped when it returns true, and
   * also younger ones where somebody waits for them. It did not end well when the authority is away, for which the rows wait.
   */
  async #look(client: pg.Client, place: LeasePlace, vouched: boolean): Promise<boolean> {
    const { clock, common, bound } = this.#options;
    const sent = { at: clock(), date: Date.now() };
    await place.tryToConsume(client);
    const called = this.#called;
    const urgent = !common || called || this.#waiters.any;
    this.#called = false; // who calls from now on waits for the next look
    const resolveWaiters = this.#waiters.present(vouched); // a crash took rows that nobody knows, until all is forgotten
    const grace = urgent ? 0 : bound * (place.isConsumer ? consumerGrace : 1);
    const deleteTaken = await this.#drain.look(client, { sent: sent.at, unmarked: place.isConsumer, grace });
    if (!deleteTaken) {
      this.#called ||= called;
      return false;
    }
    this.#looked = sent;
    resolveWaiters();
    await deleteTaken();
    return true;
  }

  #lose(client: pg.Client | undefined, error: unknown): void {
    if (client !== this.#client) return; // one that was given up already
    this.#client = undefined;
    this.#place = new LeasePlace(this.#options.common);
    this.#drain.forget();
    void client?.end().catch(() => undefined);
    if (!this.#is('closed')) {
      this.#state = 'lost';
      const reason = error instanceof Error ? error.message : String(error);
      this.#say('lost', `The cache is off: the database connection that it stands on was lost (${reason}).`);
    }
    this.#bell.ring();
  }

  /** Whether it became so: not when the connection was lost or the lease closed meanwhile. */
  #become(state: LeaseState, client: pg.Client): boolean {
    if (this.#is('closed') || client !== this.#client) return false;
    this.#state = state;
    return true;
  }

  /** A function, since an `await` may have changed the state behind what TypeScript knows of it. */
  #is(state: LeaseState): boolean {
    return this.#state === state;
  }

  #say(what: string, sentence: string): void {
    if (what === this.#said || this.#is('closed')) return;
    this.#said = what;
    this.#options.onChange(sentence);
  }

  /** Of several processes the consumer alone hurries: the others would do the same work again. */
  #notified(message: string): void {
    this.#called ||= message === left;
    if (this.#place.isConsumer) this.#wake();
  }

  #wake(): void {
    // Who waits must not make it knock at a database that is away.
    if (!this.#is('lost')) this.#bell.ring();
  }
}
