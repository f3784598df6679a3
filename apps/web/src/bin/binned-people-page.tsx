import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { api } from '../lib/api.ts';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { type Listed, listReads } from '../lib/list-reads.ts';
import { useMay } from '../lib/session/use-may.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterBar } from '../ui/filters/filter-bar.tsx';
import type { RecordColumn } from '../ui/record-table/record-column.ts';
import { RecordTable } from '../ui/record-table/record-table.tsx';
import { BinPage } from './bin-page.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { RestoreButton } from './restore-button.tsx';

type Row = Listed['people'];
const route = getRouteApi('/signed-in/bin/people');
const defaultSort = '-updatedAt';

function nameOf({ firstName, lastName }: Row): string {
  return firstName ? `${firstName} ${lastName}` : lastName;
}

/** People who were deleted within the last 30 days. */
export function BinnedPeoplePage() {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const may = useMay();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/bin/people' });
  const reads = listReads('people', { q: search.q, bin: 'true' }, search.sort ?? defaultSort);
  const restore = (row: Row) =>
    may('people', 'delete', row.ownerId) && (
      <RestoreButton
        name={nameOf(row)}
        restore={() => api('POST /api/v1/people/:id/restore', { params: { id: row.id } })}
      />
    );
  const columns: RecordColumn<Row>[] = [
    { id: 'name', label: t.name, sort: 'lastName', width: 200, grow: 2, cell: nameOf },
    {
      id: 'organisation',
      label: t.organisation,
      sort: 'organisation',
      width: 180,
      grow: 1,
      shown: true,
      cell: (row) => row.organisationName,
    },
    {
      id: 'owner',
      label: t.owner,
      sort: 'owner',
      width: 140,
      grow: 1,
      shown: true,
      cell: (row) => row.ownerName,
    },
    {
      id: 'deleted',
      label: t.deleted,
      sort: 'updatedAt',
      width: 150,
      shown: true,
      cell: (row) => row.deletedAt && format.ago(row.deletedAt),
    },
    { id: 'actions', label: t.actions, width: 120, numeric: true, shown: true, onPhone: true, cell: restore },
  ];
  const change = (next: object) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <BinPage count={reads.count}>
      <FilterBar placeholder={t.search} filters={[]} search={search} onChange={change} />
      <RecordTable
        label={t.people}
        reads={reads}
        columns={columns}
        search={{ sort: search.sort }}
        defaultSort={defaultSort}
        onSort={(sort) => change({ sort })}
        link={({ id }) => ({ to: '/people/$id', params: { id } })}
        second={(row) => row.deletedAt && `${t.deleted} ${format.ago(row.deletedAt)}`}
        empty={
          search.q ? (
            <EmptyState title={t.noneFound} />
          ) : (
            <EmptyState title={t.empty}>{t.emptyHint}</EmptyState>
          )
        }
      />
    </BinPage>
  );
}
