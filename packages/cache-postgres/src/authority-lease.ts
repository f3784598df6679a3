import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { type AuthorityLeaseOptions, defaults } from './authority-lease-options.ts';
import { releaseAuthority, takeAuthority } from './authority-lock.ts';
import { AuthorityTaken } from './authority-taken.ts';
import { bumpRows } from './bump-rows.ts';
import { connectLease } from './lease-connection.ts';
import type { LeaseState } from './lease-state.ts';
import { deleteRows, stillWaiting, waitingRows } from './outbox.ts';
import type { OutboxRow } from './outbox-row.ts';
import { told } from './told.ts';
import { askTracking } from './tracking/ask-tracking.ts';

interface Waiter {
  /** Undefined: rows that it does not know. */
  readonly ids: readonly string[] | undefined;
  resolve(this: void): void;
}

/** Milliseconds before the second attempt to connect again, doubled up to the longest. */
const pauses = { first: 100, longest: 2_000 } as const;

/**
 * Makes this process the one that keeps a database's authority, and tells it what others wrote: bumps and
 * deletes the rows that wait in the outbox. Only while `held` may anything cached be served.
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
  #locked = false;
  /** When the last look that ended well was sent: by the clock, and by the day's, which goes on while the machine sleeps. */
  #looked = { at: -Infinity, date: -Infinity };
  /** Until then whoever had the lock before may serve. */
  #othersServeUntil = -Infinity;
  #mustForget: boolean;
  #triggersAsked = -Infinity;
  /** What `vif_cache.tracking()` said last; undefined before this connection asked. */
  #tracking: string | undefined;
  /** Rows that were acknowledged here and are still to be deleted. */
  readonly #bumped = new Set<string>();
  readonly #waiters = new Set<Waiter>();
  /** What was said last, that all is well being understood at first. */
  #said = 'well';
  #woken = false;
  #resume: (() => void) | undefined;
  #running: Promise<void> | undefined;

  private constructor(options: AuthorityLeaseOptions) {
    this.#options = { ...defaults, ...options };
    this.#mustForget = this.#options.outlives;
  }

  /**
   * Takes the authority. When whoever kept it before did not let go in order, the lease is held only once the bound has
   * passed.
   * @throws {AuthorityTaken} when another process still keeps it after `patience`
   * @throws what connecting throws
   */
  static async open(options: AuthorityLeaseOptions): Promise<AuthorityLease> {
    const lease = new AuthorityLease(options);
    const { patience, poll, clock, onChange } = lease.#options;
    try {
      lease.#client = await lease.#connect();
      let announced = false;
      for (const until = clock() + patience; ; await sleep(poll)) {
        await lease.#turn(lease.#client);
        if (lease.#state !== 'taking') break;
        if (clock() >= until) throw new AuthorityTaken();
        if (!announced) onChange('Another Vif serves this database. This one waits for it to stop.');
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
    if (rows && this.held) {
      try {
        await bumpRows(this.#options.authority, rows);
        for (const { id } of rows) this.#bumped.add(id);
        return;
      } catch {
        // The rows wait in the outbox for who can.
      }
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter = { ids: rows?.map(({ id }) => id), resolve };
    const timer = setTimeout(resolve, 2 * this.#options.bound);
    this.#waiters.add(waiter);
    this.#wake();
    await promise;
    clearTimeout(timer);
    this.#waiters.delete(waiter);
  }

  /** Lets go in order, so that whoever comes next need not wait. Nothing is held from the moment of the call. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.#resume?.();
    await this.#running;
    const client = this.#client;
    this.#client = undefined;
    try {
      if (client && this.#locked) {
        await deleteRows(client, [...this.#bumped]);
        await releaseAuthority(client);
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
        await this.#pause(Math.min(next, this.#options.poll));
      } catch (error) {
        this.#lose(this.#client, error);
        await this.#pause(pause);
        pause = Math.min(2 * pause, pauses.longest);
      }
    }
  }

  #connect(): Promise<pg.Client> {
    const { connection } = this.#options;
    return connectLease({
      connection,
      onNotify: () => this.#wake(),
      onLost: (error, client) => this.#lose(client, error),
    });
  }

  /** One step towards `holding`, or one look; says when the next is due at the latest, in milliseconds. */
  async #turn(client: pg.Client): Promise<number> {
    this.#woken = false;
    const { bound, clock, forget } = this.#options;
    if (!this.#locked) {
      const before = await takeAuthority(client);
      if (!before) return this.#watch(client);
      this.#othersServeUntil = before === 'abandoned' ? clock() + bound : -Infinity;
      this.#triggersAsked = -Infinity;
      this.#tracking = undefined;
      this.#locked = client === this.#client;
      this.#become('waiting', client);
    }
    if (clock() < this.#othersServeUntil) return this.#othersServeUntil - clock();
    const tracked = await this.#areTriggersInPlace(client);
    if (tracked && this.#mustForget) {
      this.#bumped.clear(); // whose numbers may begin anew
      this.#mustForget = !(await told(forget));
      if (this.#mustForget && this.#become('drifted', client)) return pauses.first;
    }
    if (!(await this.#look(client))) return pauses.first;
    if (tracked && this.#become('holding', client)) this.#say('well', 'The cache is on again.');
    return Infinity;
  }

  /** Another process has the lock and takes the rows that writers here wait for. */
  async #watch(client: pg.Client): Promise<number> {
    this.#become('taking', client);
    if (this.#running)
      this.#say(
        'taken',
        'The cache is off: another Vif has this database, or our lost connection still counts.',
      );
    const waiters = [...this.#waiters];
    const left = await stillWaiting(
      client,
      waiters.flatMap(({ ids }) => ids ?? []),
    );
    for (const { ids, resolve } of waiters) if (ids && !ids.some((id) => left.has(id))) resolve();
    return Infinity;
  }

  /**
   * Asked now and then, and at each turn once one is missing. Also notes when what was held must be forgotten, because
   * triggers or tables are not what they were and may have been written past in between.
   */
  async #areTriggersInPlace(client: pg.Client): Promise<boolean> {
    const { clock, driftEvery } = this.#options;
    if (!this.#is('drifted') && clock() - this.#triggersAsked < driftEvery) return true;
    this.#triggersAsked = clock();
    const { tracking, untracked } = await askTracking(client);
    this.#mustForget ||= this.#tracking !== undefined && this.#tracking !== tracking;
    this.#tracking = tracking;
    if (untracked.length === 0) return true;
    const names = untracked.join(', ');
    this.#mustForget = true;
    this.#become('drifted', client);
    this.#say(
      names,
      `The cache is off: triggers that tell of writes are missing or not always on, on ${names}. Start Vif again to switch them on.`,
    );
    return false;
  }

  /**
   * Bumps what others wrote. Every row that was committed before this was sent is bumped when it returns true; it did not
   * end well when the authority is away, for which the rows wait.
   */
  async #look(client: pg.Client): Promise<boolean> {
    const sent = { at: this.#options.clock(), date: Date.now() };
    const waiters = [...this.#waiters];
    const bumped = [...this.#bumped];
    await deleteRows(client, bumped);
    for (const id of bumped) this.#bumped.delete(id);
    const taken: string[] = [];
    for await (const rows of waitingRows(client)) {
      const missed = rows.filter(({ id }) => !this.#bumped.has(id));
      if (!(await told(() => bumpRows(this.#options.authority, missed)))) return false;
      taken.push(...rows.map(({ id }) => id));
    }
    this.#looked = sent;
    for (const { resolve } of waiters) resolve();
    await deleteRows(client, taken);
    return true;
  }

  #lose(client: pg.Client | undefined, error: unknown): void {
    if (client !== this.#client) return; // one that was given up already
    this.#client = undefined;
    this.#locked = false;
    this.#mustForget = true;
    this.#bumped.clear();
    void client?.end().catch(() => undefined);
    if (!this.#is('closed')) {
      this.#state = 'lost';
      const reason = error instanceof Error ? error.message : String(error);
      this.#say('lost', `The cache is off: the database connection that it stands on was lost (${reason}).`);
    }
    this.#resume?.();
  }

  /** Whether it became so: not when the connection was lost or the lease closed meanwhile. */
  #become(state: LeaseState, client: pg.Client): boolean {
    if (this.#is('closed') || client !== this.#client) return false;
    this.#state = state;
    return true;
  }

  #is(state: LeaseState): boolean {
    return this.#state === state;
  }

  #say(what: string, sentence: string): void {
    if (what === this.#said || this.#is('closed')) return;
    this.#said = what;
    this.#options.onChange(sentence);
  }

  #wake(): void {
    this.#woken = true;
    // Who waits must not make it knock at a database that is away.
    if (!this.#is('lost')) this.#resume?.();
  }

  async #pause(milliseconds: number): Promise<void> {
    if (this.#is('closed') || (this.#woken && !this.#is('lost'))) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    this.#resume = resolve;
    await promise;
    this.#resume = undefined;
    clearTimeout(timer);
  }
}
