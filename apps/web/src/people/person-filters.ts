import { useMessages } from '../lib/language/use-messages.ts';
import { useOwnerChoices } from '../lib/use-owner-choices.ts';
import type { RecordFilter } from '../ui/filters/record-filter.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { organisationChoices, organisationName } from './organisation-choices.ts';

/** What the list of people can be narrowed by. */
export function usePersonFilters(): RecordFilter[] {
  const t = useMessages({ fr, en });
  const owners = useOwnerChoices();
  return [
    {
      name: 'organisationId',
      label: t.fields.organisationId,
      search: organisationChoices,
      called: organisationName,
    },
    { name: 'jobTitle', label: t.fields.jobTitle },
    { name: 'ownerId', label: t.fields.ownerId, all: owners },
  ];
}
