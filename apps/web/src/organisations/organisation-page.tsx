import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMessages } from '../lib/language/use-messages.ts';
import { useMay } from '../lib/session/use-may.ts';
import { BinNotice } from '../ui/bin/bin-notice.tsx';
import { BinBadge } from '../ui/bin-badge.tsx';
import { NotesFact } from '../ui/facts/notes-fact.tsx';
import { RecordLayout } from '../ui/record-layout.tsx';
import { InactiveBadge } from './inactive-badge.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { OrganisationFacts } from './organisation-facts.tsx';
import { OrganisationPeople } from './organisation-people.tsx';
import { organisation } from './organisations.reads.ts';
import { RemoveOrganisation } from './remove-organisation.tsx';
import { useEditOrganisation } from './use-edit-organisation.ts';

const route = getRouteApi('/signed-in/organisations/$id');

/** One organisation: its facts, edited where they stand, and its people. */
export function OrganisationPage() {
  const t = useMessages({ fr, en });
  const may = useMay();
  const { data } = useSuspenseQuery(organisation(route.useParams().id));
  const record = data.data;
  const edit = useEditOrganisation(data);
  const mayRemove = may('organisations', 'delete', record.ownerId);
  return (
    <RecordLayout
      title={edit.values.name}
      kind={{ label: t.organisations, to: '/organisations' }}
      aside={
        <>
          {!edit.values.active && <InactiveBadge />}
          {record.deletedAt && <BinBadge />}
        </>
      }
      actions={mayRemove && !record.deletedAt && <RemoveOrganisation record={record} />}
      notice={
        record.deletedAt && (
          <BinNotice
            subject="organisations"
            record={{
              id: record.id,
              name: record.name,
              ownerName: record.ownerName,
              deletedAt: record.deletedAt,
            }}
            mayRestore={mayRemove}
          >
            {record.peopleTotal > 0 && t.binnedText}
          </BinNotice>
        )
      }
      facts={<OrganisationFacts edit={edit} record={record} />}
    >
      <OrganisationPeople record={record} />
      <NotesFact edit={edit} name="notes" />
    </RecordLayout>
  );
}
