import { useQueryClient } from '@tanstack/react-query';
import { type Answer, api } from '../lib/api.ts';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { changed } from '../lib/reads.ts';
import { useMay } from '../lib/session/use-may.ts';
import { useOwnerChoices } from '../lib/use-owner-choices.ts';
import { type InPlace, useInPlace } from '../ui/facts/use-in-place.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { fieldsOf, type OrganisationFields } from './organisation-fields.ts';
import { type Organisation, organisation } from './organisations.reads.ts';

/** Editing an organisation where its facts stand. */
export function useEditOrganisation({
  data: record,
  etag,
}: Answer<'GET /api/v1/organisations/:id'>): InPlace<OrganisationFields> {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const client = useQueryClient();
  const owners = useOwnerChoices();
  const may = useMay();
  const { id } = record;

  const show = (name: string, value: unknown): string => {
    if (typeof value === 'boolean') return value ? t.yes : t.no;
    if (typeof value === 'number') return format.money(value);
    const text = typeof value === 'string' ? value : '';
    if (name === 'country' && text) return format.country(text);
    if (name === 'ownerId') return owners.find((owner) => owner.value === text)?.label ?? text;
    return text;
  };
  return useInPlace<OrganisationFields>({
    record: { values: fieldsOf(record), version: etag },
    mayEdit: record.deletedAt === null && may('organisations', 'update', record.ownerId),
    labels: t.fields,
    show,
    async send(body, ifMatch) {
      const { data, etag: version } = await api('PATCH /api/v1/organisations/:id', {
        params: { id },
        body,
        ifMatch,
      });
      client.setQueryData(organisation(id).queryKey, { data, etag: version });
      void changed(client, 'organisations', 'people');
      return { values: fieldsOf(data), version };
    },
    readAgain: () => client.invalidateQueries({ queryKey: organisation(id).queryKey }),
    // With 412 the server sends the record as GET would answer it.
    fieldsOf: (current) => fieldsOf(current as Organisation),
  });
}
