import { useFormat } from '../lib/language/format.ts';
import { usePhone } from '../lib/language/phone.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import type { Listed } from '../lib/list-reads.ts';
import type { RecordColumn } from '../ui/record-table/record-column.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { OrganisationCell } from './organisation-cell.tsx';
import classes from './people.module.css';

type Row = Listed['people'];

/** The columns of the list of people, the first of which is always there. */
export function usePersonColumns(): RecordColumn<Row>[] {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const phone = usePhone();
  return [
    {
      id: 'name',
      label: t.name,
      sort: 'lastName',
      width: 210,
      grow: 2,
      // Sorted by the last name, which therefore stands out.
      cell: ({ firstName, lastName }) => (
        <>
          {firstName && <span className={classes.first}>{firstName} </span>}
          {lastName}
        </>
      ),
    },
    {
      id: 'jobTitle',
      label: t.fields.jobTitle,
      sort: 'jobTitle',
      width: 180,
      grow: 1,
      shown: true,
      cell: (row) => row.jobTitle,
    },
    {
      id: 'organisation',
      label: t.fields.organisationId,
      sort: 'organisation',
      width: 200,
      grow: 2,
      shown: true,
      cell: (row) => <OrganisationCell row={row} />,
    },
    {
      id: 'email',
      label: t.fields.email,
      sort: 'email',
      width: 200,
      grow: 2,
      shown: true,
      cell: (row) => row.email,
    },
    {
      id: 'phone',
      label: t.fields.phone,
      sort: 'phone',
      width: 150,
      shown: true,
      cell: (row) => phone(row.phone, row.phoneRaw),
    },
    {
      id: 'owner',
      label: t.fields.ownerId,
      sort: 'owner',
      width: 140,
      grow: 1,
      shown: true,
      cell: (row) => row.ownerName,
    },
    {
      id: 'updatedAt',
      label: t.updated,
      sort: 'updatedAt',
      width: 140,
      cell: (row) => <time dateTime={row.updatedAt}>{format.ago(row.updatedAt)}</time>,
    },
    {
      id: 'firstName',
      label: t.fields.firstName,
      sort: 'firstName',
      width: 140,
      cell: (row) => row.firstName,
    },
  ];
}
