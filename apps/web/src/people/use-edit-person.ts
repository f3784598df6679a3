import { useQueryClient } from '@tanstack/react-query';
import { type Answer, api } from '../lib/api.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { changed } from '../lib/reads.ts';
import { useMay } from '../lib/session/use-may.ts';
import { useOwnerChoices } from '../lib/use-owner-choices.ts';
import { type InPlace, useInPlace } from '../ui/facts/use-in-place.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { organisationName } from './organisation-choices.ts';
import { type Person, person } from './people.reads.ts';
import { fieldsOf, type PersonFields } from './person-fields.ts';

/** Editing a person where their facts stand. */
export function useEditPerson({
  data: record,
  etag,
}: Answer<'GET /api/v1/people/:id'>): InPlace<PersonFields> {
  const t = useMessages({ fr, en });
  const client = useQueryClient();
  const owners = useOwnerChoices();
  const may = useMay();
  const { id } = record;

  const show = async (name: string, value: unknown): Promise<string> => {
    const text = typeof value === 'string' ? value : '';
    if (name === 'ownerId') return owners.find((owner) => owner.value === text)?.label ?? text;
    if (name === 'organisationId' && text) return client.ensureQueryData(organisationName(text));
    return text;
  };
  return useInPlace<PersonFields>({
    record: { values: fieldsOf(record), version: etag },
    mayEdit: record.deletedAt === null && may('people', 'update', record.ownerId),
    labels: t.fields,
    show,
    async send(body, ifMatch) {
      const { data, etag: version } = await api('PATCH /api/v1/people/:id', {
        params: { id },
        body,
        ifMatch,
      });
      client.setQueryData(person(id).queryKey, { data, etag: version });
      void changed(client, 'organisations', 'people');
      return { values: fieldsOf(data), version };
    },
    readAgain: () => client.invalidateQueries({ queryKey: person(id).queryKey }),
    // With 412 the server sends the record as GET would answer it.
    fieldsOf: (current) => fieldsOf(current as Person),
  });
}
