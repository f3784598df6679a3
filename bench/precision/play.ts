import { Cache, MemoryAuthority, type Recorder } from '@vif/cache';
import { AuthorityLease, Catalogues, TrackedPool } from '@vif/cache-postgres';
import type pg from 'pg';
import { randomFrom } from '../day/random.ts';
import type { Ask, CrmRequest, ReadRequest } from './asking.ts';
import { memberOf } from './choosing.ts';
import type { Workspace } from './house.ts';
import type { Mix } from './mix.ts';
import { chooseRead, routes } from './reading.ts';
import { Tally } from './tally.ts';
import { writeChooser } from './writing.ts';

export interface Play {
  readonly house: readonly Workspace[];
  readonly requests: number;
  /** Of the requests, from 0 to 1. */
  readonly writes: number;
  readonly seed: number;
  readonly mix: Mix;
  readonly signal: AbortSignal;
}

/** Requests under way at once. */
const workers = 8;
/** Each so-many-th hit is compared with what PostgreSQL says. */
const checkEvery = 100;
/** More, and longer, than any run needs: what is measured is invalidation, not room, time or the machine's speed. */
const maxBytes = 2e9;
const ttl = 7 * 24 * 3600 * 1000;

/**
 * Plays the requests that a seed gives, the same at each call, on a database.
 * @param recorder how reads are found out to depend on what; undefined for no cache at all
 */
export async function play(
  connection: pg.ClientConfig,
  recorder: Recorder | undefined,
  { house, requests, writes, seed, mix, signal }: Play,
): Promise<Tally> {
  const authority = new MemoryAuthority();
  const catalogues = new Catalogues();
  const lease = await AuthorityLease.open({
    connection,
    authority,
    forget: () => authority.forget(),
    onTracking: () => catalogues.forget(),
    onChange: (sentence) => console.error(sentence),
  });
  const pool = new TrackedPool({
    ...connection,
    acknowledge: (rows) => lease.acknowledge(rows),
    catalogues,
    pipeline: true,
    max: workers,
    options: '-c search_path=public -c plan_cache_mode=force_custom_plan',
  });
  const cache =
    recorder &&
    new Cache<string>({ authority, recorder, usable: () => lease.held, maxBytes, defaults: { ttl } });
  const refusal: { reason?: string } = {};
  cache?.events.on('unstored', ({ why, error }) => {
    if (why === 'refused' || why === 'unfit')
      refusal.reason ??= error instanceof Error ? error.message : JSON.stringify(error);
  });
  const player = new Player(pool, cache);
  const next = requestsOf(house, writes, seed, mix);
  const began = performance.now();
  let sent = 0;
  const work = async () => {
    while (sent < requests && refusal.reason === undefined) {
      signal.throwIfAborted();
      await player.answer(next(), sent++ >= requests / 2);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    await pool.end();
    await lease.close();
  }
  if (refusal.reason !== undefined) throw new Error(`A read could not be kept: ${refusal.reason}`);
  const { tally } = player;
  tally.seconds = (performance.now() - began) / 1000;
  for (const [, { entries, bytes }] of cache?.statistics.namespaces() ?? []) {
    tally.entries += entries;
    tally.bytes += bytes;
  }
  return tally;
}

/** The requests one after the other; they follow from the seed alone, not from who answers them how fast. */
function requestsOf(house: readonly Workspace[], writes: number, seed: number, mix: Mix): () => CrmRequest {
  const random = randomFrom(seed);
  const chooseWrite = writeChooser();
  return () => {
    const member = memberOf(house, random, mix);
    return random() < writes ? chooseWrite(member, random) : chooseRead(member, random);
  };
}

/** Answers requests and keeps count. */
class Player {
  readonly tally = new Tally(routes);
  readonly #pool: pg.Pool;
  readonly #cache: Cache<string> | undefined;
  #hits = 0;
  #writing = 0;
  /** Writes begun, by which a check sees that one came in between. */
  #begun = 0;

  constructor(pool: pg.Pool, cache: Cache<string> | undefined) {
    this.#pool = pool;
    this.#cache = cache;
  }

  async answer(request: CrmRequest, late: boolean): Promise<void> {
    if ('save' in request) {
      const { writes } = this.tally;
      writes.set(request.change, (writes.get(request.change) ?? 0) + 1);
      this.#begun++;
      this.#writing++;
      await request.save(
        async (text, values) => (await this.#pool.query<object>(text, [...(values ?? [])])).rows,
      );
      this.#writing--;
    } else {
      const hit = await this.#read(request);
      if (!late) return;
      this.tally.late.reads++;
      if (hit) this.tally.late.hits++;
    }
  }

  async #read(request: ReadRequest): Promise<boolean> {
    const { route, key } = request;
    const tally = this.tally.of(route);
    tally.reads++;
    tally.keys.add(key);
    const load = () => this.#load(request, () => tally.statements++);
    if (!this.#cache) {
      await load();
      return false;
    }
    const quiet = this.#writing === 0;
    const begun = this.#begun;
    const { value, from, reason } = await this.#cache.read(`${route} ${key}`, load);
    if (from === 'joined load') tally.joined++;
    else if (from === 'load') tally.missed(reason);
    else {
      tally.hits++;
      if (++this.#hits % checkEvery === 0 && quiet) await this.#check(request, value, begun);
      return true;
    }
    return false;
  }

  /** Holds a hit against PostgreSQL, unless something was written meanwhile. */
  async #check(request: ReadRequest, value: string, begun: number): Promise<void> {
    const fresh = await this.#load(request, () => undefined);
    if (this.#begun !== begun) return;
    this.tally.checked++;
    if (fresh !== value) this.tally.stale++;
  }

  /** One snapshot of one workspace, as Vif's read door opens it, and the answer's text, as it keeps. */
  async #load({ workspace, load }: ReadRequest, count: () => void): Promise<string> {
    const client = await this.#pool.connect();
    let failed: Error | undefined;
    try {
      const opened = Promise.all([
        client.query('begin isolation level repeatable read read only'),
        client.query("select set_config('vif.workspace', $1, true)", [workspace]),
      ]);
      const ask: Ask = async (text, values) => {
        count();
        return (await client.query<object>(text, [...(values ?? [])])).rows;
      };
      const [value] = await Promise.all([load(ask), opened]);
      await client.query('commit');
      return JSON.stringify(value);
    } catch (error) {
      failed = error instanceof Error ? error : new Error(String(error));
      throw failed;
    } finally {
      client.release(failed);
    }
  }
}
