import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { RecordColumn } from './record-column.ts';
import classes from './record-table.module.css';

interface HeaderCellProps {
  readonly column: Pick<RecordColumn<never>, 'label' | 'sort' | 'numeric'>;
  /** The list's order now, `name` or `-name`. */
  readonly sort: string | undefined;
  readonly onSort: (column: string) => void;
}

/** A column's head; a button where the list can be sorted by it. */
export function HeaderCell({ column, sort, onSort }: HeaderCellProps) {
  const { label, sort: by, numeric } = column;
  const direction = by && sort === by ? 'ascending' : by && sort === `-${by}` ? 'descending' : 'none';
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <div
      role="columnheader"
      className={classes.head}
      aria-sort={by ? direction : undefined}
      data-numeric={numeric}
    >
      {by ? (
        <button type="button" onClick={() => onSort(by)}>
          {label}
          <Arrow size={14} stroke={1.75} aria-hidden className={classes.arrow} />
        </button>
      ) : (
        label
      )}
    </div>
  );
}
