import { Checkbox, Switch } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useMessages } from '../../lib/language/use-messages.ts';
import { useStore } from '../../lib/store.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { columnsOf, type RecordColumn } from './record-column.ts';
import { rowHeight } from './row-height.ts';
import classes from './view-options.module.css';

interface ViewOptionsProps {
  readonly columns: readonly Pick<
    RecordColumn<never>,
    'id' | 'label' | 'sort' | 'shown' | 'width' | 'cell'
  >[];
  /** The address's `columns` and the list's order now. */
  readonly named: string | undefined;
  readonly sort: string;
  readonly onColumns: (named: string | undefined) => void;
  readonly onSort: (sort: string) => void;
}

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** Which columns in which order, sorted how, how dense. Columns and order live in the address. */
export function ViewOptions({ columns, named, sort, onColumns, onSort }: ViewOptionsProps) {
  const t = useMessages({ fr, en });
  const height = useStore(rowHeight.store);
  const [, ...shown] = columnsOf(columns, named);
  const ids = shown.map(({ id }) => id);
  const hidden = columns.slice(1).filter(({ id }) => !ids.includes(id));
  const sorted = sort.replace('-', '');
  const down = sort.startsWith('-');
  const Direction = down ? IconArrowDown : IconArrowUp;

  // An address without `columns` means the usual ones; naming only the first one means no other.
  const choose = (next: string[]) => onColumns(next.join(',') || columns[0]?.id);
  const swap = (at: number, by: number) => {
    const next = [...ids];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    choose(next);
  };

  return (
    <div className={classes.options}>
      <div className={classes.sort}>
        <span aria-hidden>{t.sortBy}</span>
        <span>
          <select
            aria-label={t.sortBy}
            value={sorted}
            onChange={(event) => onSort(`${down ? '-' : ''}${event.currentTarget.value}`)}
          >
            {columns.map(
              (column) =>
                column.sort && (
                  <option key={column.id} value={column.sort}>
                    {column.label}
                  </option>
                ),
            )}
          </select>
          <button
            type="button"
            aria-label={down ? t.sortedDown : t.sortedUp}
            onClick={() => onSort(down ? sorted : `-${sorted}`)}
          >
            <Direction {...icon} />
          </button>
        </span>
      </div>
      <div className={classes.deskOnly}>
        <Switch
          label={t.compactRows}
          labelPosition="left"
          classNames={{ body: classes.switch }}
          checked={rowHeight.isCompact(height)}
          onChange={(event) => rowHeight.setCompact(event.currentTarget.checked)}
        />
        <div className={classes.title}>
          {t.columns}
          {named !== undefined && (
            <button type="button" className={classes.reset} onClick={() => onColumns(undefined)}>
              {t.resetColumns}
            </button>
          )}
        </div>
        {shown.map((column, at) => (
          <div key={column.id} className={classes.column}>
            <Checkbox
              label={column.label}
              checked
              onChange={() => choose(ids.filter((id) => id !== column.id))}
            />
            <button
              type="button"
              disabled={at === 0}
              aria-label={t.moveUp(column.label)}
              onClick={() => swap(at, -1)}
            >
              <IconChevronUp {...icon} />
            </button>
            <button
              type="button"
              disabled={at === shown.length - 1}
              aria-label={t.moveDown(column.label)}
              onClick={() => swap(at, 1)}
            >
              <IconChevronDown {...icon} />
            </button>
          </div>
        ))}
        {hidden.map((column) => (
          <div key={column.id} className={classes.column}>
            <Checkbox label={column.label} checked={false} onChange={() => choose([...ids, column.id])} />
          </div>
        ))}
      </div>
    </div>
  );
}
