import { BinBadge } from '../ui/bin-badge.tsx';
import { CellLink } from '../ui/record-table/cell-link.tsx';

interface OrganisationCellProps {
  readonly row: {
    readonly organisationId: string | null;
    readonly organisationName: string | null;
    readonly organisationDeleted: boolean;
  };
}

/** A person's organisation as a link, marked when it is in the bin. */
export function OrganisationCell({ row }: OrganisationCellProps) {
  const { organisationId: id, organisationName, organisationDeleted } = row;
  if (!id) return null;
  return (
    <>
      {organisationDeleted && <BinBadge />}
      <CellLink to="/organisations/$id" params={{ id }}>
        {organisationName}
      </CellLink>
    </>
  );
}
