import type pg from 'pg';
import { median } from '../report/median.ts';
import type { CostOptions } from './cost-options.ts';
import { rateOf, transactions } from './transactions.ts';

/** Where transactions are written, and through what. */
export interface Way {
  readonly name: string;
  readonly pool: pg.Pool;
  readonly schema: string;
}

/** What one way gave. */
interface Rate {
  readonly way: string;
  readonly perSecond: number;
  /** Beside the first way, the median of the rounds' ratios. */
  readonly ratio: number;
}

export interface WritingResult {
  readonly transaction: string;
  readonly writers: number;
  readonly rates: readonly Rate[];
}

/** Ways take turns, so that a machine that slows down slows all; the first round only warms up. */
export async function measureWriting(
  ways: readonly Way[],
  { rounds, seconds }: CostOptions,
  signal: AbortSignal,
): Promise<WritingResult[]> {
  const results: WritingResult[] = [];
  for (const [transaction, run] of Object.entries(transactions)) {
    for (const writers of [1, 8]) {
      const measured: number[][] = [];
      for (let round = 0; round <= rounds; round++) {
        const ofRound: number[] = [];
        for (const way of ways)
          ofRound.push(await rateOf(run, way, { writers, seconds: round ? seconds : seconds / 2, signal }));
        if (round > 0) measured.push(ofRound);
      }
      const rates = ways.map(({ name }, at) => ({
        way: name,
        perSecond: median(measured.map((round) => round[at] ?? Number.NaN)),
        ratio: median(measured.map((round) => (round[at] ?? Number.NaN) / (round[0] ?? Number.NaN))),
      }));
      results.push({ transaction, writers, rates });
      console.error(`${transaction}, ${writers}: ${rates.map(({ ratio }) => ratio.toFixed(2)).join(' ')}`);
    }
  }
  return results;
}
