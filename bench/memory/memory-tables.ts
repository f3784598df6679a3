import { markdownTable } from '../report/markdown-table.ts';
import { megabytes } from '../report/megabytes.ts';
import type { CacheStats } from '../vif/cache-stats.ts';
import type { Sample } from './watch.ts';

/** More rows of one phase tell no more. */
const mostRows = 20;

/** The samples as a table, some of those of a long phase. */
export function samplesTable(samples: readonly Sample[]): string {
  const few = samples.filter((one, at) => {
    const phase = samples.filter(({ when }) => when === one.when);
    const first = samples.findIndex(({ when }) => when === one.when);
    return (at - first) % Math.ceil(phase.length / mostRows) === 0;
  });
  const rows = few.map((one, at) => {
    const before = few[at - 1];
    const perSecond = before ? (one.reads - before.reads) / (one.seconds - before.seconds) : 0;
    return [
      one.when,
      whole(one.reads),
      perSecond > 0 ? whole(perSecond) : '',
      megabytes(one.resident),
      megabytes(one.stats.memory_used),
      whole(one.stats.keys_count),
      whole(one.stats.hits),
    ];
  });
  return markdownTable(['', 'reads', 'reads/s', 'process, MB', 'cache, MB', 'answers held', 'hits'], rows);
}

/** What each kind of read holds. */
export function namespacesTable({ namespaces }: CacheStats): string {
  const rows = namespaces.map((one) => [
    one.namespace,
    whole(one.misses),
    whole(one.keys_count),
    megabytes(one.memory_used),
  ]);
  return markdownTable(['read', 'misses', 'answers held', 'cache, MB'], rows);
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}
