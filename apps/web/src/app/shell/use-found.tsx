import { IconAddressBook, IconBuilding } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useFormat } from '../../lib/language/format.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { read } from '../../lib/reads.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import type { CommandGroup } from './command.ts';

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;
/** Of each kind, so that both are on screen. */
const most = 6;

/** The organisations and people that match; what was found before stays until the new answer is there. */
export function useFound(q: string): { groups: CommandGroup[]; waiting: boolean } {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const navigate = useNavigate();
  const shared = { enabled: q !== '', placeholderData: keepPreviousData } as const;
  const organisations = useQuery({
    ...read('GET /api/v1/organisations/search', { query: { q } }),
    ...shared,
  });
  const people = useQuery({ ...read('GET /api/v1/people/search', { query: { q } }), ...shared });
  if (q === '') return { groups: [], waiting: false };
  return {
    waiting: organisations.isFetching || people.isFetching,
    groups: [
      {
        label: t.organisations,
        choices: (organisations.data?.items ?? []).slice(0, most).map(({ id, name, city, country }) => ({
          id,
          label: name,
          hint: [city, country && format.country(country)].filter(Boolean).join(', '),
          icon: <IconBuilding {...icon} />,
          run: () => void navigate({ to: '/organisations/$id', params: { id } }),
        })),
      },
      {
        label: t.people,
        choices: (people.data?.items ?? []).slice(0, most).map((person) => ({
          id: person.id,
          label: [person.firstName, person.lastName].filter(Boolean).join(' '),
          hint: person.organisationName ?? undefined,
          icon: <IconAddressBook {...icon} />,
          run: () => void navigate({ to: '/people/$id', params: { id: person.id } }),
        })),
      },
    ],
  };
}
