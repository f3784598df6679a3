import { type Authority, Cache, MemoryAuthority, type Namespace } from '@vif/cache';
import { type Acknowledge, AuthorityLease, waitUntilTaken } from '@vif/cache-postgres';
import type pg from 'pg';
import type { SignedIn } from './auth/signed-in.ts';
import type { Entry } from './doors/entry.ts';

/** The house's caches, and what every write tells them. */
export interface HouseCache {
  readonly answers: Cache<Entry>;
  readonly sessions: Namespace<SignedIn>;
  /** Whether the administrator wants one. */
  readonly wanted: boolean;
  /** Whether what is held may be given out now. */
  readonly available: boolean;
  /** How long ago the outbox was last looked through, in milliseconds; undefined where another process does. */
  readonly lag: number | undefined;
  /** Called with what a write changed, behind its COMMIT and before its caller hears of it. */
  readonly acknowledge: Acknowledge;
  close(): Promise<void>;
}

export interface OpenCacheOptions {
  /** For the connection that holds the authority and looks through the outbox. */
  readonly connection: pg.ClientConfig;
  /** What the process may grow by to hold answers, in bytes; 0 turns the cache off. */
  readonly memory: number;
  /** How long a Vif that still runs on this database is waited for, in milliseconds. */
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
 * Becomes the one process that caches what this database holds.
 * @throws {AuthorityTaken} when another Vif serves the database
 */
export async function openCache(options: OpenCacheOptions): Promise<HouseCache> {
  const { connection, memory, onChange, patience } = options;
  const memoryAuthority = new MemoryAuthority();
  const lease = await AuthorityLease.open({
    connection,
    authority: memoryAuthority,
    forget: () => memoryAuthority.forget(),
    onChange,
    ...(patience !== undefined && { patience }),
  });
  return {
    ...cachesOn(memory > 0 ? memoryAuthority : nowhere, memory, () => lease.held),
    wanted: memory > 0,
    get available() {
      return memory > 0 && lease.held;
    },
    get lag() {
      return lease.lag;
    },
    acknowledge: (rows) => lease.acknowledge(rows),
    close: () => lease.close(),
  };
}

/** For a process beside the server, as a command is: it caches nothing, and its writes wait for who does. */
export function openNoCache(): HouseCache {
  return {
    ...cachesOn(nowhere, 0, () => false),
    wanted: false,
    available: false,
    lag: undefined,
    acknowledge: (rows, client) => waitUntilTaken(client, rows),
    close: () => Promise.resolve(),
  };
}

function cachesOn(
  authority: Authority,
  memory: number,
  usable: () => boolean,
): Pick<HouseCache, 'answers' | 'sessions'> {
  const held = memory * heldShare;
  const forSessions = held * sessionsShare;
  return {
    answers: new Cache({ authority, usable, maxBytes: held - forSessions }),
    sessions: new Cache<SignedIn>({ authority, usable, maxBytes: forSessions }).namespace('sessions'),
  };
}

/** The authority of who has none. */
const nowhere: Authority = {
  position: () => undefined,
  check: () => 'unreachable',
  bump: () => undefined,
};
