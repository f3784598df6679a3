import { api } from '../lib/api.ts';
import type { Query } from '../lib/reads.ts';
import type { Choice } from '../ui/choice.ts';

/** The organisations that match what is typed, to choose from. */
export function organisationChoices(typed: string): Query<readonly Choice[]> {
  const q = typed.slice(0, 200);
  return {
    queryKey: ['organisations', 'choices', q],
    queryFn: async ({ signal, queryKey }) => {
      const { data } = await api('GET /api/v1/organisations/search', { query: { q }, signal, queryKey });
      return data.items.map(({ id, name, city }) => ({ value: id, label: city ? `${name}, ${city}` : name }));
    },
  };
}

/** What the organisation with an id is called. */
export function organisationName(id: string): Query<string> {
  return {
    queryKey: ['organisations', 'name', id],
    queryFn: async ({ signal, queryKey }) =>
      (await api('GET /api/v1/organisations/:id', { params: { id }, signal, queryKey })).data.name,
  };
}
