import { Link } from '@tanstack/react-router';
import { api } from '../lib/api.ts';
import { personName } from '../lib/person-name.ts';
import { useLookAlikes } from '../lib/use-look-alikes.ts';
import { DuplicatesNotice } from '../ui/duplicates-notice.tsx';
import type { PersonFields } from './person-fields.ts';

/** People there are already who look like the one being typed; each opens in another tab. */
export function PersonLookAlikes({ values }: { values: PersonFields }) {
  const { firstName, lastName, email, phone } = values;
  const typed = { firstName, lastName, email, phone };
  const alike = useLookAlikes('people', typed, async (query, signal) => {
    const answer = await api('GET /api/v1/people/duplicates', { query, signal });
    return answer.data.items;
  });
  return (
    <DuplicatesNotice
      duplicates={alike.map(({ id, because, ...one }) => ({
        id,
        because,
        record: (
          <>
            <Link to="/people/$id" params={{ id }} target="_blank">
              {personName(one)}
            </Link>{' '}
            {one.organisationName}
          </>
        ),
      }))}
    />
  );
}
