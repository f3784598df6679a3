import { useMediaQuery } from '@mantine/hooks';
import { useElementScrollRestoration } from '@tanstack/react-router';
import { type ColumnDef, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useMessages } from '../../lib/language/use-messages.ts';
import type { ListReads } from '../../lib/list-reads.ts';
import { useStore } from '../../lib/store.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { HeaderCell } from './header-cell.tsx';
import { columnsOf, nextSort, type RecordColumn } from './record-column.ts';
import { type RecordLink, RecordRow } from './record-row.tsx';
import classes from './record-table.module.css';
import { rowHeight } from './row-height.ts';
import { useRecordPages } from './use-record-pages.ts';
import { useRowKeys } from './use-row-keys.ts';

const features = tableFeatures({});

/** What the address says about the list. */
interface Shown {
  readonly sort?: string | undefined;
  readonly columns?: string | undefined;
}

export interface RecordTableProps<Row extends { id: string }> {
  /** What the list is called, to screen readers. */
  readonly label: string;
  readonly reads: ListReads<Row>;
  /** The first one names the record and links to it. */
  readonly columns: readonly RecordColumn<Row>[];
  readonly search: Shown;
  /** The order without `search.sort`. */
  readonly defaultSort: string;
  readonly onSort: (sort: string | undefined) => void;
  /** Where a row leads. */
  readonly link: (row: Row) => RecordLink;
  /** A row's second line on a phone. */
  readonly second: (row: Row) => ReactNode;
  /** In place of the rows when there are none. */
  readonly empty: ReactNode;
}

/** A list of records: rows fetched and drawn as they come into view, whether there are ten or 200,000. */
export function RecordTable<Row extends { id: string }>(props: RecordTableProps<Row>) {
  const { label, reads, columns, search, defaultSort, onSort, link, second, empty } = props;
  const t = useMessages({ fr, en });
  const container = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  const height = useStore(rowHeight.store);
  const size = narrow ? rowHeight.narrow : height;

  // Back returns to the same rows: the offset is there before they are.
  const before = useElementScrollRestoration({ id: 'rows' })?.scrollY ?? 0;
  const [range, setRange] = useState({
    first: Math.floor(before / size),
    last: Math.floor(before / size) + 30,
  });
  const pages = useRecordPages(reads, range);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: pages.length,
    getScrollElement: () => container.current,
    estimateSize: () => size,
    overscan: 12,
    initialOffset: before,
    // The sticky head lies over the first row's height.
    scrollPaddingStart: narrow ? 0 : rowHeight.head,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size]);

  const virtual = virtualizer.getVirtualItems();
  const first = virtual[0]?.index ?? range.first;
  const last = virtual.at(-1)?.index ?? range.last;
  if (first !== range.first || last !== range.last) setRange({ first, last });

  // Another list begins at its top.
  const listed = useRef(pages.key);
  useLayoutEffect(() => {
    if (listed.current === pages.key) return;
    listed.current = pages.key;
    virtualizer.scrollToOffset(0);
  }, [pages.key, virtualizer]);

  const shown = useMemo(
    () =>
      columnsOf(columns, search.columns).filter(({ onPhone }, place) => !narrow || place === 0 || onPhone),
    [columns, search.columns, narrow],
  );
  const definitions = useMemo(
    () =>
      shown.map(
        (column): ColumnDef<typeof features, Row> => ({
          id: column.id,
          header: column.label,
          cell: ({ row }) => column.cell(row.original),
        }),
      ),
    [shown],
  );
  const drawn = virtual.map((item) => ({ item, row: pages.rowAt(item.index) }));
  const data = drawn.flatMap(({ row }) => row ?? []);
  const table = useTable({ features, columns: definitions, data, getRowId: (row) => row.id });
  const rows = table.getRowModel().rowsById;

  const keys = useRowKeys(virtualizer, container, pages.length);
  // The row one left may have scrolled away; the list must stay reachable by Tab.
  const inSight = virtualizer.range?.startIndex ?? 0;
  const reachable = keys.active >= first && keys.active <= last ? keys.active : inSight;
  const sort = search.sort ?? defaultSort;
  const template = shown
    .map(({ width, grow = 0 }, place) => {
      if (narrow) return place === 0 ? 'minmax(0, 1fr)' : 'auto';
      return `minmax(${width}px, ${grow || 0.001}fr)`;
    })
    .join(' ');

  const problem = pages.error && (
    <div className={classes.problem}>
      <ProblemNotice error={pages.error}>
        {' '}
        <button type="button" className={classes.retry} onClick={pages.retry}>
          {t.retry}
        </button>
      </ProblemNotice>
    </div>
  );
  if (problem && pages.unknown) return problem;
  if (pages.empty) return empty;
  const measures: CSSProperties & Record<`--${string}`, string> = {
    '--columns': template,
    '--row': `${size}px`,
  };

  return (
    <>
      {problem}
      <div
        ref={container}
        className={classes.scroll}
        data-scroll-restoration-id="rows"
        data-narrow={narrow}
        data-refreshing={pages.refreshing}
        onFocus={keys.onFocus}
        onBlur={keys.onBlur}
      >
        <div
          role="table"
          aria-label={label}
          aria-rowcount={pages.length + 1}
          aria-busy={pages.refreshing}
          className={classes.table}
          style={measures}
        >
          <div role="rowgroup" className={classes.heads}>
            <div role="row" className={classes.headRow} aria-rowindex={1}>
              {shown.map((column) => (
                <HeaderCell
                  key={column.id}
                  column={column}
                  sort={sort}
                  onSort={(by) => onSort(nextSort(sort, by))}
                />
              ))}
            </div>
          </div>
          <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
            {drawn.map(({ item, row }) => (
              <RecordRow
                key={item.key}
                index={item.index}
                start={item.start}
                columns={shown}
                row={row && rows[row.id]}
                narrow={narrow}
                active={item.index === reachable}
                onActive={keys.setActive}
                onKeyDown={keys.onKeyDown}
                link={link}
                second={second}
              />
            ))}
          </div>
        </div>
      </div>
    </>
  );
}
