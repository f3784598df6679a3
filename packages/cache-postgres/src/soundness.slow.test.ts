import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as engine from './index.ts';
import { PostgresServer } from './testing/postgres-server.ts';
import { emptyTally, runBatch, type Tally } from './testing/soundness/batch.ts';
import { withoutRule } from './testing/soundness/engine-without.ts';
import { mutations, type Rule } from './testing/soundness/mutations.ts';
import { scenes } from './testing/soundness/scenes.ts';
import { WithoutRules } from './testing/soundness/without-rules.ts';
import { World } from './testing/soundness/world.ts';

/** Schemas, and what is done with each: some 500 cases. */
const schemas = 110;
const size = { selects: 60, writes: 9 };
const fewestCases = 50_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.stop());

it('every cached result that a committed write changed was invalidated', async () => {
  const world = await World.open(server, 'real', engine);
  const tally = emptyTally();
  const property = fc.asyncProperty(fc.integer(), async (seed) => {
    const miss = await runBatch(world, seed, size, tally);
    if (miss !== undefined) throw new Error(miss);
  });
  try {
    await fc.assert(property, { numRuns: schemas, endOnFailure: true });
  } finally {
    console.info(summaryOf(tally));
    await world.close();
  }
  expect(tally.cases).toBeGreaterThan(fewestCases);
  // Else it would be no wonder that nothing was missed.
  expect(tally.changed).toBeGreaterThan(tally.cases / 50);
  expect(tally.narrowed).toBeGreaterThan(tally.cached / 5);
  expect(refusedIn(tally)).toBeLessThan(tally.cached);
  expect(tally.failed).toBeLessThan(0.3 * (tally.cached + tally.failed));
}, 900_000);

/** Of those, what is read and what writes tell are of one mind: the whole of it has to run. */
const isWhole = (rule: Rule) => mutations[rule].file.startsWith('sql/') || rule === 'lastSetting';
/** Made-up statements bear on them too seldom for the time that this may take: seldom-rules.slow.test.ts has a scene for each. */
const seldom = new Set<Rule>(scenes.map(({ rule }) => rule));
const names = Object.keys(mutations) as Rule[]; // its own keys
const rules = names.filter((rule) => !seldom.has(rule));
/** Seeds that are tried one after another until something is stale. */
const patience = { whole: 40, narrowing: 150 };

it('without any one of its rules, what a SELECT depends on is not all', async () => {
  const all = await WithoutRules.of(rules.filter((rule) => !isWhole(rule)));
  const world = await World.open(server, 'beside', engine);
  try {
    for (let seed = 1; seed <= patience.narrowing && all.left.length > 0; seed++)
      await runBatch(world, seed, size, emptyTally(), all.onlooker);
  } finally {
    await world.close();
  }
  expect(all.left).toEqual([]);
}, 900_000);

it.each(rules.filter(isWhole))(
  'without %s something is stale',
  async (rule) => {
    const miss = await withoutRule(rule, async (mutant) => {
      const world = await World.open(server, rule.toLowerCase(), mutant);
      try {
        for (let seed = 1; seed <= patience.whole; seed++) {
          const found = await runBatch(world, seed, size, emptyTally());
          if (found !== undefined) return found;
        }
        return undefined;
      } finally {
        await world.close();
      }
    });
    expect(miss).toMatch(/^stale/);
  },
  300_000,
);

function refusedIn({ refused }: Tally): number {
  return [...refused.values()].reduce((sum, one) => sum + one, 0);
}

function summaryOf(tally: Tally): string {
  const share = (part: number, of: number) => `${((100 * part) / of).toFixed(1)} %`;
  const asked = tally.cached + tally.failed + refusedIn(tally);
  return [
    `${tally.cases} cases: ${tally.changed} results changed, ${tally.kept} kept`,
    `invalidated though nothing had changed: ${share(tally.needless, tally.needless + tally.changed)} of those invalidated, ${share(tally.needless, tally.cases)} of all`,
    `${asked} SELECTs: ${share(tally.cached, asked)} cached (${share(tally.narrowed, tally.cached)} of these narrowed), ${share(tally.failed, asked)} refused by PostgreSQL`,
    `${share(refusedIn(tally), asked)} not stored, since`,
    ...[...tally.refused]
      .toSorted(([, one], [, other]) => other - one)
      .map(([reason, count]) => `  ${reason}: ${count}`),
    `${tally.writes} writes, of which ${tally.failedWrites} failed`,
  ].join('\n');
}
