import { organisationSorts } from '@vif/contract/organisations';
import { personSorts } from '@vif/contract/people';
import type { Day } from './day.ts';
import { pick, type Random } from './random.ts';
import type { Records } from './records.ts';
import { zipf } from './zipf.ts';

type Choose = (records: Records, random: Random) => [operation: string, address: string];

const choosePage = zipf(Array.from({ length: 20 }, (_, at) => at + 1));
const chooseOrganisationOrder = zipf(organisationSorts.flatMap((sort) => [sort, `-${sort}`]));
const choosePersonOrder = zipf(personSorts.flatMap((sort) => [sort, `-${sort}`]));

/** What people look at, and how often of 100 times. */
const reads: readonly [number, Choose][] = [
  [28, (all, random) => ['organisations.get', `/api/v1/organisations/${all.organisation(random)}`]],
  [16, (all, random) => ['people.get', `/api/v1/people/${all.person(random)}`]],
  [
    16,
    (all, random) => [
      'organisations.list',
      list('organisations', {
        page: String(choosePage(random)),
        sort: chooseOrganisationOrder(random),
        ...organisationFilter(all, random),
      }),
    ],
  ],
  [
    8,
    (_all, random) => [
      'people.list',
      list('people', { page: String(choosePage(random)), sort: choosePersonOrder(random) }),
    ],
  ],
  [4, (all, random) => ['organisations.list', list('organisations', { q: all.organisationText(random) })]],
  [8, (all, random) => ['organisations.search', search('organisations', all.organisationText(random))]],
  [5, (all, random) => ['people.search', search('people', all.personText(random))]],
  [5, (all, random) => ['organisations.count', counted('organisations', organisationFilter(all, random))]],
  [4, (all, random) => ['people.count', counted('people', { q: all.personText(random) })]],
  [2, () => ['organisations.categories', '/api/v1/organisations/categories']],
  [2, () => ['owners.list', '/api/v1/owners']],
  [2, () => ['me.get', '/api/v1/me']],
];

/** More ETags than a browser keeps answers. */
const mostSeen = 2000;

/**
 * Reads once what somebody might, half of the times as somebody who may have the answer.
 * @param seen this person's ETags by address
 */
export async function readSomething(
  { ledger, records }: Day,
  random: Random,
  seen: Map<string, string>,
): Promise<void> {
  const [operation, address] = pick(random, reads)(records, random);
  const etag = random() < 0.5 ? seen.get(address) : undefined;
  const answer = await ledger.ask(operation, etag === undefined ? [200] : [200, 304], address, {
    headers: etag === undefined ? {} : { 'if-none-match': etag },
  });
  if (answer?.headers.etag === undefined) return;
  if (seen.size >= mostSeen) seen.clear();
  seen.set(address, answer.headers.etag);
}

function organisationFilter(all: Records, random: Random): Record<string, string> {
  return pick<() => Record<string, string>>(random, [
    [5, () => ({})],
    [2, () => ({ active: 'true' })],
    [2, () => ({ ownerId: all.owner(random) })],
    [2, () => ({ category: all.category(random) })],
    [1, () => ({ bin: 'true' })],
  ])();
}

function list(path: string, query: Record<string, string>): string {
  return `/api/v1/${path}?${new URLSearchParams(query).toString()}`;
}

function counted(path: string, query: Record<string, string>): string {
  return list(`${path}/count`, query);
}

function search(path: string, q: string): string {
  return list(`${path}/search`, { q });
}
