import { lazy, Suspense } from 'react';
import { FilterBar } from '../filters/filter-bar.tsx';
import type { RecordFilter } from '../filters/record-filter.ts';
import type { RecordColumn } from './record-column.ts';

const ViewOptions = lazy(() =>
  import('./view-options.tsx').then((module) => ({ default: module.ViewOptions })),
);

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
  return (
    <FilterBar placeholder={placeholder} filters={filters} search={search} onChange={onChange}>
      <Suspense>
        <ViewOptions
          columns={columns}
          named={search['columns']}
          sort={search['sort'] ?? defaultSort}
          onColumns={(named) => onChange({ columns: named })}
          onSort={(sort) => onChange({ sort })}
        />
      </Suspense>
    </FilterBar>
  );
}
