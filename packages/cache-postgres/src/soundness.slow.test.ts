import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as engine from './index.ts';
import { PostgresServer } from './testing/postgres-server.ts';
import { emptyTally, runBatch, type Tally } from './testing/soundness/batch.ts';
import { World } from './testing/soundness/world.ts';

/** Schemas, and what is done with each: some 900 cases. */
const schemas = 65;
const size = { selects: 50, writes: 16 };
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
}, 300_000);

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
