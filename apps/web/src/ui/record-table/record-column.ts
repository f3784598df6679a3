import type { ReactNode } from 'react';

/** A column of a list of records. */
export interface RecordColumn<Row> {
  /** Its name in the address. */
  readonly id: string;
  readonly label: string;
  /** The API's name to sort by, where one can. */
  readonly sort?: string;
  /** Its least width in pixels; wider ones share what is left by `grow`. */
  readonly width: number;
  readonly grow?: number;
  /** Numbers stand at the end, their digits under each other. */
  readonly numeric?: boolean;
  /** Shown unless the address says otherwise. */
  readonly shown?: boolean;
  /** Also on a phone, where only the first column and a second line are: what can be done with a row. */
  readonly onPhone?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

/**
 * The columns to show: those the address names, in its order, else those shown by default. The first
 * column, which names the record, is always there.
 */
export function columnsOf<Row>(
  all: readonly RecordColumn<Row>[],
  named: string | undefined,
): RecordColumn<Row>[] {
  const [first, ...others] = all;
  if (!first) return [];
  if (named === undefined) return [first, ...others.filter((column) => column.shown)];
  const byId = new Map(others.map((column) => [column.id, column]));
  const chosen = [...new Set(named.split(','))].flatMap((id) => byId.get(id) ?? []);
  return [first, ...chosen];
}

/** The sort after a click on a column's head: up, then down, then the list's own order. */
export function nextSort(sort: string | undefined, column: string): string | undefined {
  if (sort === column) return `-${column}`;
  if (sort === `-${column}`) return undefined;
  return column;
}
