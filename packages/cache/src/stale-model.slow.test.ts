import { expect, it } from 'vitest';
import * as engine from './index.ts';
import { explore, scenes } from './testing/scenes.ts';

const all = 100_000;
const numRuns = Math.ceil(all / Object.keys(scenes).length);

it.each(Object.entries(scenes))(
  'no read is stale, %s: its part of 100,000 interleavings',
  async (_, scene) => {
    const { stale, runs } = await explore(engine, scene, { numRuns });
    expect([stale, runs]).toEqual([0, numRuns]);
  },
);
