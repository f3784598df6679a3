import { useQuery } from '@tanstack/react-query';
import { countryCodes } from '@vif/contract/countries';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { useOwnerChoices } from '../lib/use-owner-choices.ts';
import type { RecordFilter } from '../ui/filters/record-filter.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { categories } from './organisations.reads.ts';

/** What the list of organisations can be narrowed by. */
export function useOrganisationFilters(): RecordFilter[] {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const inUse = useQuery(categories()).data?.items;
  const countries = countryCodes
    .map((value) => ({ value, label: format.country(value) }))
    .sort((a, b) => format.compare(a.label, b.label));
  return [
    {
      name: 'category',
      label: t.fields.category,
      all: inUse?.map((category) => ({ value: category, label: category })) ?? [],
    },
    { name: 'city', label: t.fields.city },
    { name: 'country', label: t.fields.country, all: countries },
    { name: 'ownerId', label: t.fields.ownerId, all: useOwnerChoices() },
    {
      name: 'active',
      label: t.fields.active,
      all: [
        { value: 'true', label: t.yes },
        { value: 'false', label: t.no },
      ],
    },
  ];
}
