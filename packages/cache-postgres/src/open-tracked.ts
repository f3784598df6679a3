import { type Authority, Cache, type CacheOptions, MemoryAuthority, MemoryTier, type Tier } from '@vif/cache';
import type { CommonAuthority } from './authority/common-authority.ts';
import { AuthorityLease } from './lease/authority-lease.ts';
import type { AuthorityLeaseOptions } from './lease/authority-lease-options.ts';
import { Invalidations } from './outbox/invalidations.ts';
import { TrackedPool, type TrackedPoolOptions } from './pool/tracked-pool.ts';
import { Catalogues } from './recording/catalogues.ts';
import { sqlRecorder } from './recording/sql-recorder.ts';
import { explained } from './tracking/without-tracking.ts';

/** What several processes share: a `RedisStore` of `@vif/cache/redis`. */
export interface SharedStore<Value> extends CommonAuthority {
  readonly authority: Authority & { forget(): Promise<void> };
  readonly tier: Tier<Value>;
}

export interface OpenTrackedOptions<Value> extends Omit<TrackedPoolOptions, 'acknowledge' | 'catalogues'> {
  /** Makes this process one of several; without it, it is the only one that caches what the database holds. */
  readonly shared?: SharedStore<Value>;
  /** What the cache may hold, and what holds for its reads. */
  readonly cache?: Pick<CacheOptions<Value>, 'defaults' | 'maxBytes' | 'maxEntries' | 'protect'>;
  /** How long it waits for a process that keeps another authority, and how often it looks. */
  readonly lease?: Pick<AuthorityLeaseOptions, 'patience' | 'bound' | 'poll'>;
  /** Told once at each change that people should know of, in a sentence for the log; a warning of the process unless given. */
  onChange?(this: void, sentence: string): void;
}

/** A pool and a cache that knows what is written through it, and behind its back. */
export interface Tracked<Value> {
  /** For all reads and writes; whatever takes a pool of the driver's takes this one. */
  readonly pool: TrackedPool;
  /** Its loads say what they depend on by the SQL that they send to the pool. */
  readonly cache: Cache<Value>;
  readonly lease: AuthorityLease;
  readonly journal: Invalidations;
  /** Ends the pool, then lets go of the lease, so that whoever comes next need not wait. */
  close(this: void): Promise<void>;
}

/**
 * Opens a pool on a database that `installTracking` was run on, and a cache of what is read through it.
 * @throws {AuthorityTaken} when another process caches what this database holds and does not share its authority
 * @throws {Error} that says what to do, where the tracking is not installed or not allowed to this role
 * @throws what connecting throws
 *
 * @example
 * const { pool, cache, close } = await openTracked({ connectionString });
 * const orders = await cache.getOrSet('orders', async () => (await pool.query('select * from shop.orders')).rows);
 */
export async function openTracked<Value = unknown>(
  options: OpenTrackedOptions<Value>,
): Promise<Tracked<Value>> {
  const { shared, cache: wanted = {}, lease: timing = {}, onChange = warn, ...connection } = options;
  const { maxBytes = 64e6, maxEntries = Infinity, ...more } = wanted;
  const memory = new MemoryAuthority();
  const authority = shared?.authority ?? memory;
  const [catalogues, journal] = [new Catalogues(), new Invalidations()];
  const { types: _parsers, ...settings } = connection; // the lease reads what the driver makes of it
  const lease = await AuthorityLease.open({
    ...timing,
    connection: settings,
    authority,
    common: shared,
    forget: () => (shared ? shared.authority.forget() : memory.forget()),
    onTracking: () => catalogues.forget(),
    onBumped: journal.noted,
    onChange,
  }).catch((error: unknown) => {
    throw explained(error);
  });
  const pool = new TrackedPool({ ...connection, acknowledge: (rows) => lease.acknowledge(rows), catalogues });
  pool.on('error', (error) => onChange(`An idle database connection was lost (${error.message}).`));
  const unfollow = journal.follow(authority);
  const near = new MemoryTier<Value>({ maxBytes, maxEntries });
  const cache = new Cache<Value>({
    ...more,
    authority,
    usable: () => lease.held,
    recorder: sqlRecorder,
    journal,
    tiers: shared ? [near, shared.tier] : [near],
  });
  return {
    pool,
    cache,
    lease,
    journal,
    async close() {
      try {
        await pool.end();
      } finally {
        unfollow();
        await lease.close();
      }
    },
  };
}

function warn(sentence: string): void {
  process.emitWarning(sentence);
}
