import type fc from 'fast-check';
import type { Authority } from '../authority.ts';
import type { Cache } from '../cache.ts';
import { ModelledJointTier } from './modelled-joint-tier.ts';
import type { Engine } from './mutants.ts';

export interface Scene {
  readonly writers: number;
  readonly readers: number;
  /** How many reads each reader makes, one after the other. */
  readonly reads: number;
  /** Tags that the authority can remember; fewer than there are makes it forget. */
  readonly tags?: number;
  /** Processes that the readers are spread over, each with a memory of its own. */
  readonly caches?: number;
  /** Whether these share a tier that lies with the authority, as in one Redis. */
  readonly shared?: boolean;
  /** Whether values expire meanwhile, and expired ones are given out. */
  readonly expiring?: boolean;
  /** Whether every hit is loaded again behind its reader's back. */
  readonly refreshing?: boolean;
}

export interface Race {
  /** Reads that got a value older than one acknowledged before they began. */
  stale: number;
  hits: number;
  joined: number;
  expired: number;
}

/**
 * Writers and readers of one row through the real engine, while the authority loses its memory once. The scheduler
 * decides when each message between reader, writer, authority and row arrives, so every run is another interleaving.
 */
export async function race(engine: Engine, scheduler: fc.Scheduler, scene: Scene): Promise<Race> {
  const { writers, readers, reads, tags = 100, caches: many = 1 } = scene;
  const travel = () => scheduler.schedule(Promise.resolve());
  const memory = new engine.MemoryAuthority({ capacity: tags });
  const authority = distant(memory, travel);
  const joint = scene.shared ? new ModelledJointTier(authority, memory, travel) : undefined;
  let time = 0;
  const caches = Array.from({ length: many }, () => {
    const near = new engine.MemoryTier<number>({ maxBytes: 1e6 });
    const tiers = joint ? [near, joint] : [near];
    return new engine.Cache<number>({ authority, tiers, now: () => time, clock: () => 0, sleep: travel });
  });
  let row = 0;
  let acknowledged = 0;
  const seen: Race = { stale: 0, hits: 0, joined: 0, expired: 0 };

  async function write() {
    await travel();
    const version = await engine.acknowledge(authority, async () => {
      const answer = ++row;
      await travel();
      return { answer, changed: ['row'] };
    });
    acknowledged = Math.max(acknowledged, version);
  }

  async function load() {
    await travel();
    const version = row;
    await travel();
    return version;
  }

  const options = {
    tags: ['row'],
    ttl: 1000,
    ...(scene.expiring && { grace: 5000, softTimeout: 0 }),
    ...(scene.refreshing && { refreshAhead: 1.1 }),
  };

  async function read(cache: Cache<number> | undefined) {
    await travel();
    const least = acknowledged;
    const { value, from } = (await cache?.read('row', load, options)) ?? { value: -1, from: 'nowhere' };
    if (typeof value !== 'number' || value < least) seen.stale++;
    if (from === 'tier') seen.hits++;
    if (from === 'joined load') seen.joined++;
    if (from === 'expired') seen.expired++;
  }

  async function readAgain(_: unknown, reader: number) {
    for (let left = reads; left > 0; left--) await read(caches[reader % many]);
  }

  async function disturb() {
    await travel();
    if (tags < 2) memory.bump(['another row']);
    else memory.forget();
    if (scene.expiring) time += 1500;
    await travel();
    joint?.lose();
  }

  const all = [
    ...Array.from({ length: writers }, write),
    ...Array.from({ length: readers }, readAgain),
    disturb(),
  ];
  await scheduler.waitFor(Promise.all(all));
  return seen;
}

/** An authority whose questions and answers take their time. */
export function distant(
  memory: InstanceType<Engine['MemoryAuthority']>,
  travel: () => Promise<void>,
): Authority {
  const there = async <T>(happens: () => T): Promise<T> => {
    await travel();
    const answer = happens();
    await travel();
    return answer;
  };
  return {
    position: () => there(() => memory.position()),
    check: (token) => there(() => memory.check(token)),
    bump: (changed) => there(() => memory.bump(changed)),
  };
}
