import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { type Listed, listReads } from '../lib/list-reads.ts';
import { goneOn } from '../ui/bin/gone-on.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterBar } from '../ui/filters/filter-bar.tsx';
import type { RecordColumn } from '../ui/record-table/record-column.ts';
import { RecordTable } from '../ui/record-table/record-table.tsx';
import { BinPage } from './bin-page.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { RestoreCell } from './restore-cell.tsx';

type Row = Listed['organisations'];
const route = getRouteApi('/signed-in/bin/organisations');
const defaultSort = '-updatedAt';

/** Organisations that were deleted within the last 30 days. */
export function BinnedOrganisationsPage() {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/bin/organisations' });
  const reads = listReads('organisations', { q: search.q, bin: 'true' }, search.sort ?? defaultSort);
  const change = (next: object) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <BinPage count={reads.count}>
      <FilterBar placeholder={t.search} filters={[]} search={search} onChange={change} />
      <RecordTable
        label={t.organisations}
        reads={reads}
        columns={useColumns()}
        search={{ sort: search.sort }}
        defaultSort={defaultSort}
        onSort={(sort) => change({ sort })}
        link={({ id }) => ({ to: '/organisations/$id', params: { id } })}
        second={(row) => row.deletedAt && t.deletedAgo(format.ago(row.deletedAt))}
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

function useColumns(): RecordColumn<Row>[] {
  const t = useMessages({ fr, en });
  const format = useFormat();
  return [
    { id: 'name', label: t.name, sort: 'name', width: 220, grow: 2, cell: (row) => row.name },
    { id: 'city', label: t.city, sort: 'city', width: 140, grow: 1, shown: true, cell: (row) => row.city },
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
    {
      id: 'gone',
      label: t.gone,
      width: 140,
      shown: true,
      cell: (row) => row.deletedAt && format.date(goneOn(row.deletedAt)),
    },
    {
      id: 'actions',
      label: t.actions,
      width: 150,
      shown: true,
      onPhone: true,
      cell: (row) => <RestoreCell subject="organisations" record={row} />,
    },
  ];
}
