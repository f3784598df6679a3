import { Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMessages } from '../lib/language/use-messages.ts';
import { personName } from '../lib/person-name.ts';
import { useMay } from '../lib/session/use-may.ts';
import { BinNotice } from '../ui/bin/bin-notice.tsx';
import { useBin } from '../ui/bin/use-bin.ts';
import { BinBadge } from '../ui/bin-badge.tsx';
import { NotesFact } from '../ui/facts/notes-fact.tsx';
import { RecordLayout } from '../ui/record-layout.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { person } from './people.reads.ts';
import { PersonFacts } from './person-facts.tsx';
import { useEditPerson } from './use-edit-person.ts';

const route = getRouteApi('/signed-in/people/$id');

/** One person: their facts, edited where they stand, and notes. */
export function PersonPage() {
  const t = useMessages({ fr, en });
  const may = useMay();
  const { data } = useSuspenseQuery(person(route.useParams().id));
  const record = data.data;
  const edit = useEditPerson(data);
  const { id, ownerName, deletedAt } = record;
  const name = personName(edit.values);
  const mayRemove = may('people', 'delete', record.ownerId);
  return (
    <RecordLayout
      title={name}
      kind={{ label: t.people, to: '/people' }}
      aside={deletedAt && <BinBadge />}
      actions={mayRemove && !deletedAt && <Remove id={id} name={name} />}
      notice={
        deletedAt && (
          <BinNotice subject="people" record={{ id, name, ownerName, deletedAt }} mayRestore={mayRemove} />
        )
      }
      facts={<PersonFacts edit={edit} record={record} />}
    >
      <NotesFact edit={edit} name="notes" />
    </RecordLayout>
  );
}

/** Nothing goes along with a person, so nothing is asked: it can be undone. */
function Remove({ id, name }: { id: string; name: string }) {
  const t = useMessages({ fr, en });
  const bin = useBin('people');
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    const removed = await bin.remove({ id, name });
    setBusy(false);
    if (removed) await navigate({ to: '/people' });
  };
  return (
    <Button loading={busy} onClick={() => void remove()}>
      {t.remove}
    </Button>
  );
}
