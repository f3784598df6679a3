import { markdownTable } from '../report/markdown-table.ts';
import { megabytes } from '../report/megabytes.ts';
import type { Ledger } from './ledger.ts';
import type { Observation } from './observing.ts';

/** A long day has more observations than anybody reads. */
const mostRows = 30;

const heads = [
  'after',
  'requests/s',
  'p50, ms',
  'p99, ms',
  'process, MB',
  'cache, MB',
  'answers held',
  'hits',
  'health',
  'lag, ms',
];

export function observationsTable(observations: readonly Observation[]): string {
  const each = Math.ceil(observations.length / mostRows);
  const rows = observations.flatMap((one, at) => {
    if (at % each !== 0) return [];
    const before = observations[at - 1];
    const seconds = one.seconds - (before?.seconds ?? 0);
    const hits = one.stats.hits - (before?.stats.hits ?? 0);
    const asked = one.stats.total_requests - (before?.stats.total_requests ?? 0);
    return [
      [
        `${Math.round(one.seconds)} s`,
        (one.requests / seconds).toFixed(0),
        one.p50.toFixed(1),
        one.p99.toFixed(1),
        megabytes(one.resident),
        megabytes(one.stats.memory_used),
        String(one.stats.keys_count),
        `${Math.round((100 * hits) / asked)} %`,
        one.health.status,
        one.health.cache?.lag?.toFixed(0) ?? '',
      ],
    ];
  });
  return markdownTable(heads, rows);
}

/** How often each operation was answered with which status. */
export function answersTable({ counts }: Ledger): string {
  const operations = new Map<string, string[]>();
  for (const name of [...counts.keys()].toSorted()) {
    const count = counts.get(name) ?? 0;
    const [operation = '', status] = name.split(/ (?=\d+$)/);
    operations.set(operation, [
      ...(operations.get(operation) ?? []),
      `${count.toLocaleString('en')} × ${status}`,
    ]);
  }
  return markdownTable(
    ['operation', 'answers'],
    [...operations].map(([operation, answers]) => [operation, answers.join(', ')]),
  );
}
