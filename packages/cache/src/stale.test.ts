import { describe, expect, it } from 'vitest';
import * as engine from './index.ts';
import { byHand, engineWithout, mutations, type Rule } from './testing/mutants.ts';
import { explore, sceneOf, scenes } from './testing/scenes.ts';

/**
 * Interleavings tried before a rule is taken to be needless. With this seed each is missed within 3,000. Over twenty seeds
 * the slowest needed 6,000 on average (`checkAdopted`; `sealBeforeCheck` 4,800), so that were the seed to lose its luck to
 * a change of the code, the chance to try so many in vain would be below 1e-10.
 */
const patience = { numRuns: 150_000, seed: 8 };

describe('a read that begins after a write was acknowledged', () => {
  it.each(Object.entries(scenes))(
    'never gets the older value, in any interleaving tried: %s',
    async (_, scene) => {
      const { stale, runs } = await explore(engine, scene, { numRuns: 400 });
      expect([stale, runs]).toEqual([0, 400]);
    },
  );

  it('is a hit, far or near, joins another’s load or is given what expired often enough to be worth the test', async () => {
    const small = await explore(engine, scenes.small, { numRuns: 300 });
    expect(Math.min(small.hits, small.joined)).toBeGreaterThan(100);
    const everything = await explore(engine, scenes.everything, { numRuns: 300 });
    expect(Math.min(everything.hits, everything.joined, everything.far)).toBeGreaterThan(100);
    expect((await explore(engine, scenes.aging, { numRuns: 1000 })).expired).toBeGreaterThan(20);
  });

  // Its own keys.
  const rules = (Object.keys(mutations) as Rule[]).filter((rule) => !byHand.includes(rule));
  it.each(rules)(
    'gets it when the code is without %s',
    async (rule) => {
      const { stale } = await explore(await engineWithout(rule), scenes[sceneOf[rule] ?? 'small'], patience);
      expect(stale).toBeGreaterThan(0);
    },
    300_000,
  );
});
