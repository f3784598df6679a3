import { expect, it } from 'vitest';
import * as engine from './index.ts';
import { explore, scenes } from './testing/scenes.ts';

/** The scenes whose runs take the least time each have the most of the 100,500 interleavings. */
const quick = new Set(['small', 'crowded', 'forgetful']);

it.each(Object.entries(scenes))('no read is stale, however messages arrive: %s', async (name, scene) => {
  const numRuns = quick.has(name) ? 20_000 : 4500;
  const { stale, runs } = await explore(engine, scene, { numRuns });
  expect([stale, runs]).toEqual([0, numRuns]);
});
