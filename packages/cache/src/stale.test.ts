import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as engine from './index.ts';
import { type Engine, engineWithout, mutations, type Rule } from './testing/mutants.ts';
import { race, type Scene } from './testing/race.ts';

const small: Scene = { writers: 2, readers: 3, reads: 2 };
const forgetful: Scene = { ...small, tags: 1 };
const spread: Scene = { ...small, readers: 4, caches: 2, shared: true };

/** Whether some interleaving of the race gives a stale read. */
async function isStale(tried: Engine, scene: Scene, numRuns: number): Promise<boolean> {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { stale } = await race(tried, scheduler, scene);
    return stale === 0;
  });
  const { failed } = await fc.check(property, { numRuns, endOnFailure: true });
  return failed;
}

describe('a read that begins after a write was acknowledged', () => {
  it('never gets the older value, in any interleaving tried', async () => {
    expect(await isStale(engine, small, 3000)).toBe(false);
    expect(await isStale(engine, forgetful, 1000)).toBe(false);
    expect(await isStale(engine, spread, 1000)).toBe(false);
    expect(await isStale(engine, { ...spread, expiring: true, refreshing: true }, 1000)).toBe(false);
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
    const scene = rule === 'floor' ? forgetful : small;
    expect(await isStale(await engineWithout(rule), scene, 20_000)).toBe(true);
  });
});
