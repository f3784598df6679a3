import { randomFrom } from '../../day/random.ts';
import type { Peer } from '../../peers/peer.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const concerns = ({ makesKeys }: Peer) => makesKeys;

/** So many different arguments, as a list of a business's records is asked for with; none may get another's value. */
export function keyCollision(rounds: number): Scenario {
  const name = `${rounds.toLocaleString('en')} arguments, keys made by the cache`;
  return { name, where: 'memory', by: 'key', rounds, concerns, run: collide };
}

async function collide(stage: Stage): Promise<void> {
  const cache = await stage.open();
  const random = randomFrom(7);
  for (let at = 0; at < stage.rounds; at++) {
    if (at % 1000 === 0) stage.signal.throwIfAborted();
    // `at` is in the page and the tenant, so that no two are the same.
    const argument = {
      tenant: `tenant-${at % 50}`,
      page: Math.floor(at / 50),
      sort: random() < 0.5 ? 'name' : '-updated',
      filter: { owner: Math.floor(random() * 200), q: random().toString(36).slice(2, 6) },
    };
    await ask(stage, cache, argument, at);
  }
}

/** Each is another value, and some ways of writing them make two of them the same. */
const alike: readonly unknown[] = [
  1,
  '1',
  null,
  'null',
  undefined,
  'undefined',
  Number.NaN,
  0,
  -0,
  Infinity,
  true,
  'true',
  [],
  [null],
  [undefined],
  [Number.NaN],
  {},
  { a: undefined },
  { a: null },
  { a: 1 },
  { a: '1' },
  { a: new Date(0) },
  { a: new Date(0).toISOString() },
  '{"a":1}',
  '[]',
  { a: [1, 2] },
  { a: '1,2' },
  { a: { b: 1 }, c: 2 },
  { a: { b: 1, c: 2 } },
];

/** Arguments that look alike, each of them asked for in turn. */
export function alikeArguments(rounds: number): Scenario {
  const name = 'arguments that look alike, keys made by the cache';
  return { name, where: 'memory', by: 'key', rounds, concerns, run: confuse };
}

async function confuse(stage: Stage): Promise<void> {
  const cache = await stage.open();
  for (const _ of stage.keys()) {
    for (const [at, argument] of alike.entries()) await ask(stage, cache, argument, at);
  }
}

async function ask(
  stage: Stage,
  cache: Awaited<ReturnType<Stage['open']>>,
  argument: unknown,
  version: number,
): Promise<void> {
  try {
    const row = await cache.readByArgument?.(argument, async () => ({ version, committed: true }));
    stage.judge(row?.version === version);
  } catch {
    stage.tally.failed++;
  }
}
