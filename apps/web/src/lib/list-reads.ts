import { api, type Data } from './api.ts';
import type { Query } from './reads.ts';

/** Rows asked for at a time. */
export const pageSize = 100;

/** What can be listed, and its rows. */
export interface Listed {
  organisations: Data<'GET /api/v1/organisations'>['items'][number];
  people: Data<'GET /api/v1/people'>['items'][number];
}

/** The reads of one list: its pages, which never wait for the count, and the count beside them. */
export interface ListReads<Row> {
  /** Equal for equal reads. */
  readonly key: string;
  readonly page: (page: number) => Query<{ items: Row[] }>;
  readonly count: Query<{ total: number }>;
}

/** Filters as they stand in the address; the server checks them. */
type Filters = Readonly<Record<string, string | undefined>>;

/**
 * The reads of a list under some filters, in some order.
 * @example
 * const reads = listReads('organisations', { city: 'Lyon' }, '-name');
 * await client.prefetchQuery(reads.page(1));
 */
export function listReads<Subject extends keyof Listed>(
  subject: Subject,
  filters: Filters,
  sort?: string,
): ListReads<Listed[Subject]> {
  const of: keyof Listed = subject;
  const filter = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
  const query = sort ? { ...filter, sort } : filter;
  return {
    key: JSON.stringify([subject, query]),
    page: (page) => ({
      queryKey: [subject, 'list', query, page],
      queryFn: async ({ signal, queryKey }) => {
        // Addresses are typed by people: the server judges what `query` holds and answers in words.
        const asked = { ...query, page, pageSize, total: 'false' } as object;
        const { data } = await api(`GET /api/v1/${of}`, { query: asked, signal, queryKey });
        return data as unknown as { items: Listed[Subject][] }; // `of` is `subject`, so these are its rows
      },
    }),
    count: {
      queryKey: [subject, 'count', filter],
      queryFn: async ({ signal, queryKey }) =>
        (await api(`GET /api/v1/${of}/count`, { query: filter, signal, queryKey })).data,
    },
  };
}
