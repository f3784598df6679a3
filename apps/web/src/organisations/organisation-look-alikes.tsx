import { Link } from '@tanstack/react-router';
import { api } from '../lib/api.ts';
import { useFormat } from '../lib/language/format.ts';
import { useLookAlikes } from '../lib/use-look-alikes.ts';
import { DuplicatesNotice } from '../ui/duplicates-notice.tsx';
import type { OrganisationFields } from './organisation-fields.ts';

/** Organisations there are already that look like the one being typed; each opens in another tab. */
export function OrganisationLookAlikes({ values }: { values: OrganisationFields }) {
  const format = useFormat();
  const { name, email, phone, website, siren, country } = values;
  const typed = { name, email, phone, website, siren, country };
  const alike = useLookAlikes('organisations', typed, async (query, signal) => {
    const answer = await api('GET /api/v1/organisations/duplicates', { query, signal });
    return answer.data.items;
  });
  return (
    <DuplicatesNotice
      duplicates={alike.map(({ id, because, ...one }) => ({
        id,
        because,
        record: (
          <>
            <Link to="/organisations/$id" params={{ id }} target="_blank">
              {one.name}
            </Link>{' '}
            {[one.city, one.country && format.country(one.country)].filter(Boolean).join(', ')}
          </>
        ),
      }))}
    />
  );
}
