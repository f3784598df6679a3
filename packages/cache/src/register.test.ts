import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as real from './index.ts';
import { ModelledJointTier } from './testing/modelled-joint-tier.ts';
import { byHand, type Engine, engineWithout } from './testing/mutants.ts';
import { distant } from './testing/race.ts';

/** What one of the callers does, one after the other. */
const step = fc.constantFrom('set', 'get', 'delete', 'many');

/** A call with the moments at which it began and ended. */
interface Call {
  readonly does: 'write' | 'read';
  readonly began: number;
  readonly ended: number;
  /** What was set, or 0 for deleted; what was got. Who gets nothing is left out: a cache may forget. */
  readonly value: number;
}

/** Whether all can have happened one after the other, each between its beginning and its end. */
function isLinear(calls: readonly Call[]): boolean {
  const tried = new Set<string>();
  const goesOn = (left: readonly Call[], value: number): boolean => {
    if (left.length === 0) return true;
    const state = `${value}: ${left.map(({ began }) => began).join()}`;
    if (tried.has(state)) return false;
    tried.add(state);
    const firstEnd = Math.min(...left.map(({ ended }) => ended));
    return left.some((one) => {
      if (one.began > firstEnd || (one.does === 'read' && one.value !== value)) return false;
      return goesOn(
        left.filter((other) => other !== one),
        one.value,
      );
    });
  };
  return goesOn(calls, 0);
}

/** Callers of two caches over one authority; the scheduler decides when each message arrives. */
async function play(
  engine: Engine,
  scheduler: fc.Scheduler,
  callers: readonly (readonly string[])[],
  shared: boolean,
) {
  const memory = new engine.MemoryAuthority();
  const travel = () => scheduler.schedule(Promise.resolve());
  const authority = distant(memory, travel);
  const joint = new ModelledJointTier(authority, memory, travel);
  const caches = [0, 1].map(() => {
    const near = new engine.MemoryTier<number>({ maxBytes: 1e6 });
    return new engine.Cache<number>({ authority, tiers: shared ? [near, joint] : [near] });
  });
  let moment = 0;
  let last = 0;
  const calls: Call[] = [];
  async function call(steps: readonly string[], at: number) {
    const cache = caches[at % 2];
    for (const one of steps) {
      await travel();
      const began = ++moment;
      const value = one === 'set' ? ++last : 0;
      if (one === 'set') await cache?.set('a', value);
      else if (one === 'delete') await cache?.delete('a');
      if (one === 'set' || one === 'delete') {
        calls.push({ does: 'write', began, ended: ++moment, value });
        continue;
      }
      const got = one === 'get' ? await cache?.get('a') : (await cache?.getMany(['a']))?.get('a');
      if (got !== undefined) calls.push({ does: 'read', began, ended: ++moment, value: got });
    }
  }
  await scheduler.waitFor(Promise.all(callers.map(call)));
  return calls;
}

/** Plays so many games or until one goes wrong. */
async function games(engine: Engine, shared: boolean, parameters: { numRuns: number; seed?: number }) {
  let hits = 0;
  const property = fc.asyncProperty(
    fc.scheduler(),
    fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 5 }),
    async (scheduler, callers) => {
      const calls = await play(engine, scheduler, callers, shared);
      hits += calls.filter(({ does }) => does === 'read').length;
      return isLinear(calls);
    },
  );
  const { failed } = await fc.check(property, { ...parameters, endOnFailure: true });
  return { failed, hits };
}

const places = [
  ['its own memory', false],
  ['a shared tier too', true],
] as const;

it.each(places)('two caches are an atomic register that may forget, with %s', async (_, shared) => {
  const { failed, hits } = await games(real, shared, { numRuns: 3000 });
  expect(failed).toBe(false);
  expect(hits).toBeGreaterThan(500);
});

it.each(byHand)('they are none without %s', async (rule) => {
  expect((await games(await engineWithout(rule), true, { numRuns: 50_000, seed: 1 })).failed).toBe(true);
});
