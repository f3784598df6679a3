import fc from 'fast-check';
import type { Engine, Rule } from './mutants.ts';
import { type Race, race, type Scene } from './race.ts';

const small: Scene = { writers: 2, readers: 3, reads: 2 };
const spread: Scene = { ...small, writes: 3, readers: 4, caches: 2, shared: true };
const filed: Scene = { ...small, writes: 3, readers: 4, reads: 3, caches: 2, files: true };

/** What is raced: each has something that the others have not. */
export const scenes = {
  small,
  crowded: { ...small, readers: 4 },
  forgetful: { ...small, tags: 1 },
  spread,
  remote: { ...spread, memoryless: true },
  filed,
  afar: { ...filed, caches: 1, memoryless: true },
  everywhere: { ...spread, files: true },
  aging: { ...small, writes: 2, reads: 3, expiring: true },
  eager: { ...small, refreshing: true },
  mixed: { ...small, readers: 4, reads: 3, mixed: true },
  everything: { ...spread, files: true, mixed: true, expiring: true, refreshing: true },
} as const satisfies Record<string, Scene>;

/** In which scene a rule is missed soonest, where that is not the small one. */
export const sceneOf: Partial<Record<Rule, keyof typeof scenes>> = {
  epochInToken: 'crowded',
  sealBeforeCheck: 'crowded',
  floor: 'forgetful',
  checkOwnFarRead: 'afar',
  checkAdopted: 'remote',
  tokenOfPromoted: 'filed',
  positionOfLook: 'spread',
};

/** Runs a scene in so many interleavings or until a read is stale; what was seen in all of them. */
export async function explore(
  engine: Engine,
  scene: Scene,
  parameters: { readonly numRuns: number; readonly seed?: number },
): Promise<Race & { runs: number }> {
  const sum = { runs: 0, stale: 0, hits: 0, joined: 0, expired: 0, far: 0 };
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const seen = await race(engine, scheduler, scene);
    sum.runs++;
    for (const name of ['stale', 'hits', 'joined', 'expired', 'far'] as const) sum[name] += seen[name];
    return seen.stale === 0;
  });
  const { failed, errorInstance } = await fc.check(property, { ...parameters, endOnFailure: true });
  if (failed && sum.stale === 0) throw errorInstance; // the race itself, not what it looked for
  return sum;
}
