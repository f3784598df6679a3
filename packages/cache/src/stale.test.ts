import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as engine from './index.ts';
import { type Engine, engineWithout, mutations, type Rule } from './testing/mutants.ts';
import { type RaceSize, race } from './testing/race.ts';

const small: RaceSize = { writers: 2, readers: 3, reads: 2 };
const forgetful: RaceSize = { ...small, tags: 1 };

/** Whether some interleaving of the race gives a stale read. */
async function isStale(tried: Engine, size: RaceSize, numRuns: number): Promise<boolean> {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { stale } = await race(tried, scheduler, size);
    return stale === 0;
  });
  const { failed } = await fc.check(property, { numRuns, endOnFailure: true });
  return failed;
}

describe('a read that begins after a write was acknowledged', () => {
  it('never gets the older value, in any interleaving tried', async () => {
    expect(await isStale(engine, small, 4000)).toBe(false);
    expect(await isStale(engine, forgetful, 2000)).toBe(false);
  });

  it('is a hit or joins another’s load often enough to be worth the test', async () => {
    const sum = { hits: 0, joined: 0 };
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { hits, joined } = await race(engine, scheduler, small);
        sum.hits += hits;
        sum.joined += joined;
      }),
      { numRuns: 300 },
    );
    expect(sum.hits).toBeGreaterThan(100);
    expect(sum.joined).toBeGreaterThan(100);
  });

  const rules = Object.keys(mutations) as Rule[]; // its own keys
  it.each(rules)('gets it when the code is without %s', async (rule) => {
    const size = rule === 'floor' ? forgetful : small;
    expect(await isStale(await engineWithout(rule), size, 20_000)).toBe(true);
  });
});
