import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ListReads, pageSize } from '../../lib/list-reads.ts';

/** Rows to draw as grey lines while nothing is known yet: more than any screen shows. */
const guess = 40;

export interface RecordPages<Row> {
  /** Which list is shown; while another is asked for, still the one before. */
  readonly key: string;
  readonly rowAt: (index: number) => Row | undefined;
  /** How many rows there are to scroll through, as far as known. */
  readonly length: number;
  /** Whether there is no row, for certain. */
  readonly empty: boolean;
  /** Whether what is shown is about to be replaced. */
  readonly refreshing: boolean;
  /** Why some rows in view could not be fetched. */
  readonly error: Error | null;
  /** Whether nothing at all is known of the list. */
  readonly unknown: boolean;
  readonly retry: () => void;
}

/** The pages of rows that hold some indexes. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first) / pageSize) + 1;
  const to = Math.floor(Math.max(0, last) / pageSize) + 1;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/**
 * Fetches the pages that come into view. When the filters or the order change, what was shown stays until
 * the first rows of the new list are there.
 */
export function useRecordPages<Row>(
  wanted: ListReads<Row>,
  range: { first: number; last: number },
): RecordPages<Row> {
  const [shown, show] = useState(wanted);
  const start = useQuery(wanted.page(1));
  if (shown.key !== wanted.key && (start.data || start.error)) show(wanted);
  const reads = shown.key === wanted.key ? wanted : shown;

  const pages = pagesOf(range.first, range.last);
  const results = useQueries({ queries: pages.map((page) => reads.page(page)) });
  const count = useQuery(reads.count);

  const items = new Map(results.map((result, i) => [pages[i], result.data?.items]));
  const failed = results.find((result) => result.error && !result.data);
  const length = count.data?.total ?? lengthSoFar(items, range.last);
  return {
    key: reads.key,
    rowAt: (index) => items.get(Math.floor(index / pageSize) + 1)?.[index % pageSize],
    length,
    empty: items.get(1)?.length === 0,
    refreshing: reads !== wanted,
    error: failed?.error ?? null,
    unknown: !count.data && results.every((result) => !result.data),
    retry: () => void failed?.refetch(),
  };
}

/** Before the count is there: the rows that came, and a page more while the last of them was full. */
function lengthSoFar(items: Map<number | undefined, unknown[] | undefined>, last: number): number {
  const ends = [...items].map(([page = 1, rows]) => {
    if (!rows) return 0;
    return (page - 1) * pageSize + (rows.length < pageSize ? rows.length : 2 * pageSize);
  });
  const most = Math.max(0, ...ends);
  return most > 0 ? most : [...items.values()].some((rows) => rows) ? 0 : Math.max(guess, last + 1);
}
