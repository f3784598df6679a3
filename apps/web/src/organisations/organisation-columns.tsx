import { useFormat } from '../lib/language/format.ts';
import { usePhone } from '../lib/language/phone.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import type { Listed } from '../lib/list-reads.ts';
import type { RecordColumn } from '../ui/record-table/record-column.ts';
import { InactiveBadge } from './inactive-badge.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

type Row = Listed['organisations'];

/** The columns of the list of organisations, the first of which is always there. */
export function useOrganisationColumns(): RecordColumn<Row>[] {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const phone = usePhone();
  return [
    {
      id: 'name',
      label: t.fields.name,
      sort: 'name',
      width: 240,
      grow: 3,
      cell: (row) => (
        <>
          {row.name}
          {!row.active && <InactiveBadge />}
        </>
      ),
    },
    {
      id: 'category',
      label: t.fields.category,
      sort: 'category',
      width: 140,
      grow: 1,
      shown: true,
      cell: (row) => row.category,
    },
    {
      id: 'city',
      label: t.fields.city,
      sort: 'city',
      width: 120,
      grow: 1,
      shown: true,
      cell: (row) => row.city,
    },
    {
      id: 'country',
      label: t.fields.country,
      sort: 'country',
      width: 120,
      shown: true,
      cell: (row) => row.country && format.country(row.country),
    },
    {
      id: 'phone',
      label: t.fields.phone,
      sort: 'phone',
      width: 150,
      shown: true,
      cell: (row) => phone(row.phone, row.phoneRaw),
    },
    { id: 'email', label: t.fields.email, sort: 'email', width: 220, grow: 1, cell: (row) => row.email },
    {
      id: 'annualRevenue',
      label: t.fields.annualRevenue,
      sort: 'annualRevenue',
      width: 150,
      numeric: true,
      shown: true,
      cell: (row) => row.annualRevenue !== null && format.money(row.annualRevenue),
    },
    {
      id: 'owner',
      label: t.fields.ownerId,
      sort: 'owner',
      width: 150,
      grow: 1,
      shown: true,
      cell: (row) => row.ownerName,
    },
    {
      id: 'active',
      label: t.fields.active,
      sort: 'active',
      width: 90,
      cell: (row) => (row.active ? t.yes : t.no),
    },
    {
      id: 'updatedAt',
      label: t.updated,
      sort: 'updatedAt',
      width: 140,
      shown: true,
      cell: (row) => <time dateTime={row.updatedAt}>{format.ago(row.updatedAt)}</time>,
    },
  ];
}
