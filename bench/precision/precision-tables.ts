import { markdownTable } from '../report/markdown-table.ts';
import type { RouteTally, Tally } from './tally.ts';

/** How the requests were answered in the three ways. */
export interface Ways {
  readonly none: Tally;
  readonly tables: Tally;
  readonly ours: Tally;
}

/** Hit rate and statements by route, and why what was no hit was none. */
export function routesTable({ none, tables, ours }: Ways): string {
  const rows = [...ours.routes].map(([route, tally]) => {
    const [without, byTable] = [none.of(route), tables.of(route)];
    return [
      route,
      whole(tally.reads),
      whole(tally.keys.size),
      percent(tally.hits / tally.reads),
      percent(byTable.hits / byTable.reads),
      percent(tally.hits / (tally.reads - tally.absent)),
      percent(tally.absent / tally.reads),
      percent(tally.outdated / tally.reads),
      whole(without.statements),
      whole(byTable.statements),
      whole(tally.statements),
    ];
  });
  const sum = (what: keyof RouteTally & ('reads' | 'hits' | 'absent' | 'outdated')) =>
    percent(ours.sum(what) / ours.sum('reads'));
  const keys = [...ours.routes.values()].reduce((total, tally) => total + tally.keys.size, 0);
  return markdownTable(
    [
      'route',
      'reads',
      'keys',
      'hits, %',
      'by tables, %',
      'asked again, hits, %',
      'first time, %',
      'outdated, %',
      'statements uncached',
      'by tables',
      'Vif',
    ],
    [
      ...rows,
      [
        'all',
        whole(ours.sum('reads')),
        whole(keys),
        sum('hits'),
        percent(tables.sum('hits') / tables.sum('reads')),
        percent(ours.sum('hits') / (ours.sum('reads') - ours.sum('absent'))),
        sum('absent'),
        sum('outdated'),
        whole(none.sum('statements')),
        whole(tables.sum('statements')),
        whole(ours.sum('statements')),
      ],
    ],
  );
}

/** What became of all requests, one way a row. */
export function waysTable(ways: Ways): string {
  const { none } = ways;
  const named = { 'no cache': none, 'table-level': ways.tables, Vif: ways.ours };
  const rows = Object.entries(named).map(([name, tally]) => [
    name,
    percent(tally.sum('hits') / tally.sum('reads')),
    percent(tally.late.hits / tally.late.reads),
    whole(tally.sum('statements')),
    percent(tally.sum('statements') / none.sum('statements') - 1),
    whole(tally.checked),
    whole(tally.stale),
    whole(tally.sum('unreachable')),
    whole(tally.entries),
    (tally.bytes / 1e6).toFixed(1),
    tally.seconds.toFixed(0),
  ]);
  return markdownTable(
    [
      'invalidation',
      'hits, %',
      'second half, %',
      'read statements',
      'against none, %',
      'hits compared',
      'stale',
      'not sure',
      'entries',
      'MB',
      's',
    ],
    rows,
  );
}

/** What was written, and how often. */
export function writesLine({ writes }: Tally): string {
  const total = [...writes.values()].reduce((sum, one) => sum + one, 0);
  const parts = [...writes]
    .toSorted(([, a], [, b]) => b - a)
    .map(([change, times]) => `${change} ${whole(times)}`);
  return `${whole(total)} writes: ${parts.join(', ')}.`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}
