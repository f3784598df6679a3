import { markdownTable } from '../report/markdown-table.ts';
import type { DependencyTimes } from './dependencies.ts';
import type { StatementTimes } from './reading.ts';
import type { WritingResult } from './writing.ts';

/** Transactions a second, and beside them the part of what the first way makes. */
export function writingTable(results: readonly WritingResult[]): string {
  const ways = results[0]?.rates.map(({ way }) => way) ?? [];
  return markdownTable(
    ['transactions/s', 'writers', ...ways],
    results.map(({ transaction, writers, rates }) => [
      transaction,
      String(writers),
      ...rates.map(
        ({ perSecond, ratio }, at) =>
          `${Math.round(perSecond).toLocaleString('en')}${at === 0 ? '' : ` (${ratio.toFixed(2)})`}`,
      ),
    ]),
  );
}

export function readingTable(times: readonly StatementTimes[], { again, first }: DependencyTimes): string {
  return markdownTable(
    ['µs a statement of a load', 'elapsed', 'added', 'processor', 'added to it'],
    [
      ...times.map(({ way, elapsed, processor, added }) => [
        way,
        elapsed.toFixed(1),
        added?.elapsed.toFixed(1) ?? '',
        processor.toFixed(1),
        added?.processor.toFixed(1) ?? '',
      ]),
      ['finding out alone, text known', '', '', again.toFixed(1), ''],
      ['understanding a text the first time', '', '', first.toFixed(1), ''],
    ],
  );
}
