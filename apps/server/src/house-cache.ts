import { type Authority, Cache, MemoryAuthority, MemoryTier, type Namespace } from '@vif/cache';
import {
  type Acknowledge,
  AuthorityLease,
  Catalogues,
  Invalidations,
  sqlRecorder,
  waitUntilTaken,
} from '@vif/cache-postgres';
import type pg from 'pg';
import type { SignedIn } from './auth/signed-in.ts';
import { ChangeLog } from './changes/change-log.ts';
import type { Entry } from './doors/entry.ts';
import { workspaceIn } from './doors/read-namespace.ts';
import { HouseRedis } from './house-redis.ts';

/** The house's caches, and what every write tells them. */
export interface HouseCache {
  readonly answers: Cache<Entry>;
  readonly sessions: Namespace<SignedIn>;
  /** What is bumped, for browsers to be told. */
  readonly changes: ChangeLog;
  /** Whether the administrator wants one. */
  readonly wanted: boolean;
  /** Whether what is held may be given out now, as far as the outbox goes. */
  readonly available: boolean;
  /** How long it takes to ask the authority, in milliseconds; undefined while it is away. */
  ping(): Promise<number | undefined>;
  /** How long ago this process last looked through the outbox, in milliseconds; undefined in a command. */
  readonly lag: number | undefined;
  /** Called with what a write changed, behind its COMMIT and before its caller hears of it. */
  readonly acknowledge: Acknowledge;
  /** What statements mean: what answers depend on is found out from those that they were read by. */
  readonly catalogues: Catalogues;
  close(): Promise<void>;
}

export interface OpenCacheOptions {
  /** For the connection that holds the authority and looks through the outbox. */
  readonly connection: pg.ClientConfig;
  /** What the process may grow by to hold answers, in bytes; 0 turns the cache off. */
  readonly memory: number;
  /** A Redis that keeps the authority, and answers besides this process's memory. */
  readonly redisUrl?: string | undefined;
  /** Tells this database from others that share the Redis. */
  readonly database: string;
  /** How long a Vif is waited for that runs on this database and cannot share it, in milliseconds. */
  readonly patience?: number | undefined;
  /** Told once at each change of state, in a sentence for the administrator. */
  onChange(this: void, sentence: string): void;
}

/**
 * Of the memory, what is held. For a megabyte of answers the process grew by 1.3 to 1.7, since Node's heap and the
 * allocator keep room that was freed, and to answer at all it takes some 30 MB (bench memory, Node 24).
 */
const heldShare = 1 / 3;
/** Of what is held, what signed-in people may take; they are small and few. */
const sessionsShare = 1 / 16;

/**
 * Becomes a process that caches what this database holds: the only one, or one of those with the same Redis.
 * @throws {AuthorityTaken} when another Vif serves the database without that Redis
 */
export async function openCache(options: OpenCacheOptions): Promise<HouseCache> {
  const { connection, memory, redisUrl, database, onChange, patience } = options;
  // Also where the cache is turned off: other Vifs on the database may have theirs on.
  const redis = redisUrl ? new HouseRedis({ url: redisUrl, database, onChange }) : undefined;
  const inMemory = new MemoryAuthority();
  const catalogues = new Catalogues();
  const journal = new Invalidations({ ownerOf: workspaceIn });
  await redis?.tried();
  const lease = await AuthorityLease.open({
    connection,
    authority: redis?.told ?? inMemory,
    common: redis?.common,
    onTracking: () => catalogues.forget(),
    onBumped: journal.noted,
    forget: () => (redis ? redis.forget() : inMemory.forget()),
    onChange,
    ...(patience !== undefined && { patience }),
  }).catch((error: unknown) => {
    redis?.close();
    throw error;
  });
  const usable = () => memory > 0 && lease.held;
  const authority = redis?.authority ?? inMemory;
  const unfollow = journal.follow(authority);
  const caches = cachesOn({ authority, memory, usable, journal, redis });
  return {
    ...caches,
    wanted: memory > 0,
    get available() {
      return usable();
    },
    get lag() {
      return lease.lag;
    },
    ping: () => (redis ? redis.ping() : Promise.resolve(0)),
    acknowledge: (rows) => lease.acknowledge(rows),
    catalogues,
    close: async () => {
      caches.changes.close();
      unfollow();
      await lease.close();
      redis?.close();
    },
  };
}

/** For a process beside the server, as a command is: it caches nothing, and its writes wait for who does. */
export function openNoCache(): HouseCache {
  return {
    ...cachesOn({ authority: nowhere, memory: 0, usable: () => false }),
    wanted: false,
    available: false,
    ping: () => Promise.resolve(undefined),
    lag: undefined,
    acknowledge: (rows, client) => waitUntilTaken(client, rows),
    catalogues: new Catalogues(),
    close: () => Promise.resolve(),
  };
}

interface CachesOptions {
  readonly authority: Authority;
  /** Bytes that the process may grow by. */
  readonly memory: number;
  readonly usable: () => boolean;
  readonly journal?: Invalidations;
  readonly redis?: HouseRedis | undefined;
}

function cachesOn(options: CachesOptions): Pick<HouseCache, 'answers' | 'sessions' | 'changes'> {
  const { authority, memory, usable, journal, redis } = options;
  const held = memory * heldShare;
  const forSessions = held * sessionsShare;
  const answers = new Cache<Entry>({
    authority,
    usable,
    recorder: sqlRecorder,
    ...(journal && { journal }),
    tiers: [new MemoryTier({ maxBytes: held - forSessions }), ...(redis ? [redis.answers] : [])],
  });
  const sessions = new Cache<SignedIn>({
    authority,
    usable,
    recorder: sqlRecorder,
    tiers: [new MemoryTier({ maxBytes: forSessions }), ...(redis ? [redis.sessions] : [])],
  });
  for (const cache of [answers, sessions]) redis?.watch(cache);
  return { answers, sessions: sessions.namespace('sessions'), changes: new ChangeLog(authority) };
}

/** The authority of who has none. */
const nowhere: Authority = {
  position: () => undefined,
  check: () => 'unreachable',
  bump: () => undefined,
};
