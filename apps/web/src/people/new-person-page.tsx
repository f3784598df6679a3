import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../lib/api.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { personName } from '../lib/person-name.ts';
import { changed } from '../lib/reads.ts';
import { useMe } from '../lib/session/me.ts';
import { RecordForm } from '../ui/form/form-layout.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { Page } from '../ui/page.tsx';
import { toast } from '../ui/toasts.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { organisationName } from './organisation-choices.ts';
import { person } from './people.reads.ts';
import { inputOf, newPerson } from './person-fields.ts';
import { PersonFormFields } from './person-form-fields.tsx';

const route = getRouteApi('/signed-in/people/new');

/** A new person, in the organisation one comes from. */
export function NewPersonPage() {
  const t = useMessages({ fr, en });
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<unknown>(null);
  const { organisationId = '' } = route.useSearch();
  const called = useQuery({ ...organisationName(organisationId), enabled: organisationId !== '' }).data;
  const form = useForm({
    initial: newPerson(me.id, organisationId || null),
    async save(_change, _base, values) {
      setProblem(null);
      try {
        const { data, etag } = await api('POST /api/v1/people', { body: inputOf(values) });
        client.setQueryData(person(data.id).queryKey, { data, etag });
        await changed(client, 'people', 'organisations');
        toast({ kind: 'done', message: t.made(personName(data)) });
        await navigate(
          organisationId && organisationId === data.organisationId
            ? { to: '/organisations/$id', params: { id: organisationId }, replace: true }
            : { to: '/people/$id', params: { id: data.id }, replace: true },
        );
      } catch (error) {
        setProblem(error);
        throw error;
      }
    },
  });
  return (
    <Page title={t.newTitle} aside={called && t.at(called)} layout="text">
      <RecordForm form={form} hint={t.newHint} action={t.save}>
        <PersonFormFields
          form={form}
          problem={problem}
          organisation={called === undefined ? undefined : { value: organisationId, label: called }}
        />
      </RecordForm>
    </Page>
  );
}
