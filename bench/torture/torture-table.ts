import { markdownTable } from '../report/markdown-table.ts';
import type { Scenario } from './scenario.ts';
import type { Tally } from './tally.ts';

/** What became of one cache in one scenario; undefined where it cannot take part, or an error instead of a tally. */
export type Fate = Tally | Error | undefined;

/** Stale reads of 100,000 checked ones. */
export function tortureTable(
  caches: readonly string[],
  rows: readonly { readonly scenario: Scenario; readonly fates: readonly Fate[] }[],
): string {
  return markdownTable(
    ['scenario', 'in', ...caches],
    rows.map(({ scenario, fates }) => [scenario.name, scenario.where, ...fates.map(cell)]),
  );
}

function cell(fate: Fate): string {
  if (!fate) return '–';
  if (fate instanceof Error) return 'ended with an error';
  const { checked, stale, failed } = fate;
  const rate = checked === 0 ? '?' : Math.ceil((stale / checked) * 100_000).toLocaleString('en');
  // Rounded up, so that what happened once does not read as never.
  return failed === 0 ? rate : `${rate}; ${Math.ceil((failed / (checked + failed)) * 100)} % fail`;
}
