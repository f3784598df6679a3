import { type QueryClient, queryOptions, type UseQueryOptions } from '@tanstack/react-query';
import { type Answer, api, type Input, type Place } from './api.ts';

/** What a read is about, the first word of its address: `organisations`, `people`, `members`, `me`. */
export type Subject = 'organisations' | 'people' | 'owners' | 'members' | 'me' | 'setup' | 'invitations';
/** The options of a query whose answer is a `T`. */
export type Query<T> = UseQueryOptions<T>;
type Get = Extract<Place, `GET ${string}`>;

function subjectOf(place: string): string {
  return place.split('/')[3] ?? place;
}

/**
 * The query options of one read, answer and version together. Keep one per read beside its feature and use
 * it everywhere: to show, to prefetch, to write into.
 * @example
 * const organisation = (id: string) => readVersioned('GET /api/v1/organisations/:id', { params: { id } });
 * const { data: { data, etag } } = useSuspenseQuery(organisation(id));
 */
export function readVersioned<P extends Get>(place: P, input: Input<P>) {
  return queryOptions({
    queryKey: [subjectOf(place), place, input] as const,
    queryFn: ({ signal, queryKey }): Promise<Answer<P>> => api(place, { ...input, signal, queryKey }),
  });
}

/**
 * Like readVersioned where only the data matters.
 * @example const owners = () => read('GET /api/v1/owners', {});
 */
export function read<P extends Get>(place: P, input: Input<P>) {
  return queryOptions({ ...readVersioned(place, input), select: (answer: Answer<P>) => answer.data });
}

const otherTabs = globalThis.BroadcastChannel && new BroadcastChannel('vif-changed');

/**
 * After a write: whatever shows these subjects, in this tab and the browser's others, asks again.
 * @example await changed(client, 'organisations', 'people');
 */
export async function changed(client: QueryClient, ...subjects: Subject[]): Promise<void> {
  otherTabs?.postMessage(subjects);
  await invalidate(client, subjects);
}

/** Hears what other tabs of this browser changed. Returns how to stop. */
export function hearOtherTabs(client: QueryClient): () => void {
  const hear = (event: MessageEvent<Subject[]>) => void invalidate(client, event.data);
  otherTabs?.addEventListener('message', hear);
  return () => otherTabs?.removeEventListener('message', hear);
}

async function invalidate(client: QueryClient, subjects: readonly Subject[]): Promise<void> {
  await Promise.all(subjects.map((subject) => client.invalidateQueries({ queryKey: [subject] })));
}
