import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { lazy } from 'react';
import { useMessages } from '../../lib/language/use-messages.ts';
import { FilterBar } from '../filters/filter-bar.tsx';
import type { RecordFilter } from '../filters/record-filter.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { PanelButton } from '../panel-button.tsx';
import { toolButton } from '../tool-button.tsx';
import type { RecordColumn } from './record-column.ts';

const loadViewOptions = () =>
  import('./view-options.tsx').then((module) => ({ default: module.ViewOptions }));
const ViewOptions = lazy(loadViewOptions);

type Search = Readonly<Record<string, string | undefined>>;

interface ListToolbarProps<Row> {
  readonly placeholder: string;
  readonly filters: readonly RecordFilter[];
  readonly columns: readonly RecordColumn<Row>[];
  readonly defaultSort: string;
  readonly search: Search;
  readonly onChange: (change: Search) => void;
}

/** Above a list of records: search, filters, and how it is displayed. All of it is in the address. */
export function ListToolbar<Row>(props: ListToolbarProps<Row>) {
  const { placeholder, filters, columns, defaultSort, search, onChange } = props;
  const t = useMessages({ fr, en });
  return (
    <FilterBar placeholder={placeholder} filters={filters} search={search} onChange={onChange}>
      <PanelButton
        name={t.display}
        width={280}
        side="end"
        className={toolButton}
        label={
          <>
            <IconAdjustmentsHorizontal size={16} stroke={1.75} aria-hidden />
            {t.display}
          </>
        }
        preload={loadViewOptions}
      >
        {() => (
          <ViewOptions
            columns={columns}
            named={search['columns']}
            sort={search['sort'] ?? defaultSort}
            onColumns={(named) => onChange({ columns: named })}
            onSort={(sort) => onChange({ sort })}
          />
        )}
      </PanelButton>
    </FilterBar>
  );
}
