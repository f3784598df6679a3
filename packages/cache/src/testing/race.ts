import type fc from 'fast-check';
import type { Authority } from '../authority.ts';
import type { Engine } from './mutants.ts';

export interface RaceSize {
  readonly writers: number;
  readonly readers: number;
  /** How many reads each reader makes, one after the other. */
  readonly reads: number;
  /** Tags that the authority can remember; one less than there are makes it forget. */
  readonly tags?: number;
}

export interface Race {
  /** Reads that got a value older than one acknowledged before they began. */
  stale: number;
  hits: number;
  joined: number;
}

/**
 * Writers and readers of one row through the real engine, while the authority loses its memory once. The scheduler
 * decides when each message between reader, writer, authority and row arrives, so every run is another interleaving.
 */
export async function race(
  engine: Engine,
  scheduler: fc.Scheduler,
  { writers, readers, reads, tags = 100 }: RaceSize,
): Promise<Race> {
  const travel = () => scheduler.schedule(Promise.resolve());
  const memory = new engine.MemoryAuthority({ capacity: tags });
  const authority: Authority = {
    async position() {
      await travel();
      const position = memory.position();
      await travel();
      return position;
    },
    async check(token) {
      await travel();
      const verdict = memory.check(token);
      await travel();
      return verdict;
    },
    async bump(changed) {
      await travel();
      memory.bump(changed);
      await travel();
    },
  };
  const cache = new engine.Cache<number>({ authority, maxBytes: 1e6, now: () => 0 });
  let row = 0;
  let acknowledged = 0;
  const seen: Race = { stale: 0, hits: 0, joined: 0 };

  async function write() {
    await travel();
    const version = await engine.acknowledge(authority, async () => {
      const answer = ++row;
      await travel();
      return { answer, changed: ['row'] };
    });
    acknowledged = Math.max(acknowledged, version);
  }

  async function read() {
    await travel();
    const least = acknowledged;
    const { value, from } = await cache.getOrSet('row', { namespace: 'row' }, async () => {
      await travel();
      const version = row;
      await travel();
      return { value: version, tags: ['row'], ttl: 1000, bytes: 8 };
    });
    if (value < least) seen.stale++;
    if (from === 'tier') seen.hits++;
    if (from === 'joined load') seen.joined++;
  }

  async function readAgain() {
    for (let left = reads; left > 0; left--) await read();
  }

  async function disturb() {
    await travel();
    if (tags < 2) memory.bump(['another row']);
    else memory.forget();
  }

  const all = [
    ...Array.from({ length: writers }, write),
    ...Array.from({ length: readers }, readAgain),
    disturb(),
  ];
  await scheduler.waitFor(Promise.all(all));
  return seen;
}
