import { Link, type LinkProps } from '@tanstack/react-router';
import { FlexRender, type Row as TableRow } from '@tanstack/react-table';
import type { KeyboardEvent, ReactNode } from 'react';
import type { RecordColumn } from './record-column.ts';
import classes from './record-table.module.css';
import { RowTabIndex } from './row-tab-index.ts';

/** Where a row leads, as the router's Link takes it. */
export type RecordLink = Pick<LinkProps, 'to' | 'params' | 'search'>;

interface RecordRowProps<Row extends { id: string }> {
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly columns: readonly RecordColumn<Row>[];
  /** Absent while its page is on the way. */
  readonly row: TableRow<object, Row> | undefined;
  readonly narrow: boolean;
  /** Whether Tab reaches this row. */
  readonly active: boolean;
  readonly onActive: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>, index: number) => void;
  readonly link: (row: Row) => RecordLink;
  readonly second: (row: Row) => ReactNode;
}

/** One row: the whole of it leads to its record, through the link in its first cell. */
export function RecordRow<Row extends { id: string }>(props: RecordRowProps<Row>) {
  const { index, start, columns, row, narrow, active, onActive, onKeyDown, link, second } = props;
  const cells = row?.getAllCells() ?? [];
  return (
    // The keys go from row to row from anything in it that has the focus, which the row itself never has.
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ transform: `translateY(${start}px)` }}
      onFocus={() => onActive(index)}
      onKeyDown={(event) => onKeyDown(event, index)}
    >
      <RowTabIndex value={active ? 0 : -1}>
        {columns.map((column, place) => (
          <div key={column.id} role="cell" className={classes.cell} data-numeric={column.numeric}>
            {!row && <span className={classes.skeleton} />}
            {row && place > 0 && cells[place] && (
              <span>
                <FlexRender cell={cells[place]} />
              </span>
            )}
            {row && place === 0 && cells[0] && (
              <Link
                {...link(row.original)}
                className={classes.link}
                data-row={index}
                tabIndex={active ? 0 : -1}
              >
                <FlexRender cell={cells[0]} />
              </Link>
            )}
            {row && narrow && place === 0 && <div className={classes.second}>{second(row.original)}</div>}
          </div>
        ))}
      </RowTabIndex>
    </div>
  );
}
