import type fc from 'fast-check';
import type { Authority } from '../authority.ts';
import type { Cache } from '../cache.ts';
import type { ReadOptions } from '../reading/read-options.ts';
import type { Outcome } from '../reading/read-path.ts';
import { ModelledJointTier } from './modelled-joint-tier.ts';
import type { Engine } from './mutants.ts';

export interface Scene {
  readonly writers: number;
  /** How many writes each writer makes, one after the other; one unless given. */
  readonly writes?: number;
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
  /** Whether there is a tier beyond memory that knows nothing of the authority, as files are, shared by all processes. */
  readonly files?: boolean;
  /** Whether no process has a memory of its own. */
  readonly memoryless?: boolean;
  /** Whether readers also get and delete, and load what fails, what is kept for nobody, what is skipped, and with a limit. */
  readonly mixed?: boolean;
}

export interface Race {
  /** Reads that got a value older than one acknowledged before they began. */
  stale: number;
  hits: number;
  joined: number;
  expired: number;
  /** The hits that came from elsewhere than memory. */
  far: number;
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
  const files = scene.files ? new ModelledJointTier({ ...authority }, memory, travel) : undefined;
  let time = 0;
  /** By those who wait for another process's load, which so ends though a lease of the model does not. */
  let waited = 0;
  const sleep = (milliseconds: number) => {
    waited += milliseconds;
    return travel();
  };
  const caches = Array.from({ length: many }, () => {
    const near = scene.memoryless ? undefined : new engine.MemoryTier<number>({ maxBytes: 1e6 });
    const tiers = [near, files, joint].filter((tier) => tier !== undefined);
    return new engine.Cache<number>({ authority, tiers, now: () => time, clock: () => waited, sleep });
  });
  let row = 0;
  let acknowledged = 0;
  const seen: Race = { stale: 0, hits: 0, joined: 0, expired: 0, far: 0 };

  async function write() {
    await travel();
    const version = await engine.acknowledge(authority, async () => {
      const answer = ++row;
      await travel();
      return { answer, changed: ['row'] };
    });
    acknowledged = Math.max(acknowledged, version);
  }

  async function writeAgain() {
    for (let left = scene.writes ?? 1; left > 0; left--) await write();
  }

  async function load() {
    await travel();
    const version = row;
    await travel();
    return version;
  }

  const options: ReadOptions<number> = {
    tags: ['row'],
    ttl: 1000,
    ...(scene.expiring && { grace: 5000, softTimeout: 0 }),
    ...(scene.refreshing && { refreshAhead: 1.1 }),
  };

  async function failing(): Promise<number> {
    await travel();
    throw new Error('The load failed.');
  }

  const plain = (cache: Cache<number>) => cache.read('row', load, options);
  const got = async (cache: Cache<number>, value: number | undefined) =>
    value === undefined ? plain(cache) : { value, from: 'tier', tier: 'memory' };
  const ways: readonly ((
    cache: Cache<number>,
  ) => Promise<Pick<Outcome<number>, 'value' | 'tier'> & { from: string }>)[] = [
    plain,
    async (cache) => got(cache, await cache.get('row')),
    async (cache) => got(cache, (await cache.getMany(['row', 'nothing'])).get('row')),
    (cache) => cache.read('row', load, { ...options, ttl: 0 }),
    (cache) => cache.read('row', load, { ...options, skipIf: (version) => version % 2 === 0 }),
    (cache) => cache.read('row', failing, options),
    (cache) => cache.delete('row').then(() => plain(cache)),
  ];
  let turns = 0;

  async function read(cache: Cache<number>) {
    await travel();
    const least = acknowledged;
    const way = (scene.mixed ? ways[turns++ % ways.length] : plain) ?? plain;
    const outcome = await way(cache).catch(() => undefined); // a load that failed, perhaps another's
    if (!outcome) return;
    const { value, from, tier } = outcome;
    if (typeof value !== 'number' || value < least) seen.stale++;
    if (from === 'tier') seen.hits++;
    if (tier !== undefined && tier !== 'memory') seen.far++;
    if (from === 'joined load') seen.joined++;
    if (from === 'expired') seen.expired++;
  }

  async function readAgain(_: unknown, reader: number) {
    const cache = caches[reader % many];
    if (!cache) return;
    for (let left = reads; left > 0; left--) await read(cache);
  }

  async function disturb() {
    await travel();
    if (tags < 2) memory.bump(['another row']);
    else memory.forget();
    await travel();
    joint?.lose();
    if (scene.mixed) files?.lose();
  }

  /** Not at the moment at which the authority forgets, when nothing that expires is of use to anybody. */
  async function age() {
    for (let left = scene.expiring ? 3 : 0; left > 0; left--) {
      for (let turn = 0; turn < 3; turn++) await travel();
      time += 1500;
    }
  }

  const all = [
    ...Array.from({ length: writers }, writeAgain),
    ...Array.from({ length: readers }, readAgain),
    disturb(),
    age(),
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
