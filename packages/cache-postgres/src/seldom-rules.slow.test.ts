import { Cache, MemoryAuthority } from '@vif/cache';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as real from './index.ts';
import { copyWithout } from './testing/soundness/engine-without.ts';
import { type Scene, scenes, schema, tracked } from './testing/soundness/scenes.ts';
import { TrackedDatabase } from './testing/tracked-database.ts';

type Engine = typeof real;

let database: TrackedDatabase;
beforeAll(async () => {
  database = await TrackedDatabase.startEmpty();
});
afterAll(() => database.stop());

it.each(scenes)(
  '$rule: with it nothing is stale, without it something is',
  async (scene) => {
    expect(await play(real, scene)).toEqual({ isKept: true, isStale: false });
    const { load, remove } = await copyWithout(scene.rule);
    try {
      expect(await play(await load<Engine>('src/index.ts'), scene)).toEqual({ isKept: true, isStale: true });
    } finally {
      await remove();
    }
  },
  60_000,
);

/** Reads, writes, and reads again. */
async function play(engine: Engine, { schema: more = '', select, values = [], write }: Scene) {
  const { owner } = database;
  await owner.query(
    'drop schema if exists vif_cache cascade; drop schema public cascade; create schema public',
  );
  await owner.query(`${schema}; ${more}`);
  await engine.installTracking(owner);
  for (const track of tracked) await owner.query(track);
  const authority = new MemoryAuthority();
  const pool = new engine.TrackedPool({
    ...database.connection,
    max: 1,
    catalogues: new engine.Catalogues(),
    acknowledge: (rows) => void authority.bump((rows ?? []).flatMap(({ tags }) => tags)),
  });
  const cache = new Cache<string>({ authority, recorder: engine.sqlRecorder });
  const load = async () => JSON.stringify((await pool.query(select, [...values])).rows);
  try {
    const { stored: isKept } = await cache.read('answer', load);
    await pool.query(write);
    const { value } = await cache.read('answer', load);
    return { isKept, isStale: value !== (await load()) };
  } finally {
    await pool.end();
  }
}
