import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormat } from '../../lib/language/format.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import type { ListReads } from '../../lib/list-reads.ts';
import { EmptyState } from '../empty-state.tsx';
import type { RecordFilter } from '../filters/record-filter.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { Page } from '../page.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import type { RecordColumn } from './record-column.ts';
import { RecordTable, type RecordTableProps } from './record-table.tsx';

type Search = Readonly<Record<string, string | undefined>>;

interface RecordListPageProps<Row extends { id: string }>
  extends Pick<RecordTableProps<Row>, 'link' | 'second' | 'defaultSort'> {
  readonly title: string;
  /** What the search box says. */
  readonly placeholder: string;
  readonly actions?: ReactNode;
  readonly reads: ListReads<Row>;
  readonly columns: readonly RecordColumn<Row>[];
  readonly filters: readonly RecordFilter[];
  /** What the address says, and how to change it; undefined takes a parameter out. */
  readonly search: Search;
  readonly onSearch: (change: Search) => void;
  /** When there is no record at all: what the page is for and the first step. */
  readonly empty: ReactNode;
}

/** A page that lists records: title and count, search and filters, rows. What is shown is all in the address. */
export function RecordListPage<Row extends { id: string }>(props: RecordListPageProps<Row>) {
  const { title, placeholder, actions, reads, columns, filters, search, onSearch, empty, ...table } = props;
  const t = useMessages({ fr, en });
  const names = ['q', ...filters.map(({ name }) => name)];
  const narrowed = names.some((name) => search[name]);
  const count = useQuery({ ...reads.count, placeholderData: keepPreviousData }).data?.total;
  const clear = () => onSearch(Object.fromEntries(names.map((name) => [name, undefined])));
  return (
    <Page title={title} aside={<Count total={count} />} actions={actions} layout="list">
      {(narrowed || count !== 0) && (
        <ListToolbar
          placeholder={placeholder}
          filters={filters}
          columns={columns}
          defaultSort={table.defaultSort}
          search={search}
          onChange={onSearch}
        />
      )}
      <RecordTable
        {...table}
        label={title}
        reads={reads}
        columns={columns}
        search={search}
        onSort={(sort) => onSearch({ sort })}
        empty={
          narrowed ? (
            <EmptyState title={t.noRows} action={<Button onClick={clear}>{t.clearFilters}</Button>}>
              {t.noRowsHint}
            </EmptyState>
          ) : (
            empty
          )
        }
      />
    </Page>
  );
}

/** Beside the title; told to who cannot see it when a filter changes it. */
function Count({ total }: { total: number | undefined }) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  return (
    <span role="status">
      {total !== undefined && (
        <>
          <span aria-hidden>{format.number(total)}</span>
          <span className="vif-hidden">{t.records(total)}</span>
        </>
      )}
    </span>
  );
}
