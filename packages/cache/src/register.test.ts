import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Cache } from './cache.ts';
import { MemoryAuthority } from './memory-authority.ts';
import { MemoryTier } from './memory-tier.ts';
import { ModelledJointTier } from './testing/modelled-joint-tier.ts';
import { distant } from './testing/race.ts';

/** What one of the callers does, one after the other. */
const step = fc.constantFrom('set', 'get', 'delete', 'many');

/** A call with the moments at which it began and ended. */
interface Call {
  readonly began: number;
  readonly ended: number;
  /** What was set, or 0 for deleted; what was got, or undefined for nothing. */
  readonly value: number | undefined;
}

/**
 * Whether what was got may have been there: of its own write, none that began after that one ended was over before the read
 * began (it would have replaced it), and no read that was over before this one had seen such a later one.
 */
function wrong(reads: readonly Call[], writes: readonly Call[]): Call | undefined {
  const begunBefore = (read: Call) => writes.find(({ value }) => value === read.value);
  const isReplaced = (read: Call, by: Call) => {
    const own = begunBefore(read);
    return !own || own.began > read.ended || (own.ended < by.began && by.ended < read.began);
  };
  return reads.find((read) => {
    if (writes.some((other) => other.value !== read.value && isReplaced(read, other))) return true;
    return reads.some((earlier) => {
      const seen = begunBefore(earlier);
      const own = begunBefore(read);
      return earlier.ended < read.began && seen && own && own.ended < seen.began;
    });
  });
}

/** Callers of two caches over one authority; the scheduler decides when each message arrives. */
async function play(scheduler: fc.Scheduler, callers: readonly (readonly string[])[], shared: boolean) {
  const memory = new MemoryAuthority();
  const travel = () => scheduler.schedule(Promise.resolve());
  const authority = distant(memory, travel);
  const joint = new ModelledJointTier(authority, memory, travel);
  const caches = [0, 1].map(() => {
    const near = new MemoryTier<number>({ maxBytes: 1e6 });
    return new Cache<number>({ authority, tiers: shared ? [near, joint] : [near] });
  });
  let moment = 0;
  let last = 0;
  const writes: Call[] = [];
  const reads: Call[] = [];
  async function call(steps: readonly string[], at: number) {
    const cache = caches[at % 2];
    for (const one of steps) {
      await travel();
      const began = ++moment;
      const value = one === 'set' ? ++last : 0;
      if (one === 'set') await cache?.set('a', value);
      if (one === 'delete') await cache?.delete('a');
      const got = one === 'get' ? await cache?.get('a') : (await cache?.getMany(['a']))?.get('a');
      if (one === 'set' || one === 'delete') writes.push({ began, ended: ++moment, value });
      else if (got !== undefined) reads.push({ began, ended: ++moment, value: got });
    }
  }
  await scheduler.waitFor(Promise.all(callers.map(call)));
  return { reads, writes };
}

it.each([true, false])(
  'is an atomic register through two caches, which may forget (a shared tier: %s)',
  async (shared) => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 5 }),
        async (scheduler, callers) => {
          const { reads, writes } = await play(scheduler, callers, shared);
          hits += reads.length;
          expect(wrong(reads, writes)).toBeUndefined();
        },
      ),
      { numRuns: 3000 },
    );
    expect(hits).toBeGreaterThan(500);
  },
);
