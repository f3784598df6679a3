import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../lib/api.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { changed } from '../lib/reads.ts';
import { useMe } from '../lib/session/me.ts';
import { RecordForm } from '../ui/form/form-layout.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { Page } from '../ui/page.tsx';
import { toast } from '../ui/toasts.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { inputOf, newOrganisation } from './organisation-fields.ts';
import { OrganisationFormFields } from './organisation-form-fields.tsx';
import { organisation } from './organisations.reads.ts';

const route = getRouteApi('/signed-in/organisations/new');

/** A new organisation; its name is enough. */
export function NewOrganisationPage() {
  const t = useMessages({ fr, en });
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<unknown>(null);
  const { name = '' } = route.useSearch();
  const form = useForm({
    initial: newOrganisation(me.id, name),
    async save(_change, _base, values) {
      setProblem(null);
      try {
        const { data, etag } = await api('POST /api/v1/organisations', { body: inputOf(values) });
        client.setQueryData(organisation(data.id).queryKey, { data, etag });
        await changed(client, 'organisations');
        toast({ kind: 'done', message: t.made(data.name) });
        await navigate({ to: '/organisations/$id', params: { id: data.id }, replace: true });
      } catch (error) {
        setProblem(error);
        throw error;
      }
    },
  });
  return (
    <Page title={t.newTitle} layout="text">
      <RecordForm form={form} hint={t.newHint} action={t.save}>
        <OrganisationFormFields form={form} problem={problem} />
      </RecordForm>
    </Page>
  );
}
