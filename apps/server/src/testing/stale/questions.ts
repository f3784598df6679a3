import type { RouteAnswer, RouteName } from '@vif/contract';
import type { Look } from './ledger.ts';
import {
  type Complaint,
  complaintsOf,
  complaintsOfWhole,
  type Sighting,
  sightingsOfOrganisation,
  sightingsOfOwner,
  sightingsOfPerson,
} from './sightings.ts';
import { comers, newcomers, registerOf, type StaleWorld } from './world.ts';

/** A read, and what is wrong with its answer. */
export interface Question {
  readonly kind: RouteName;
  readonly url: string;
  /** @param body the answer, parsed */
  readonly judge: (body: unknown, look: Look) => Complaint[];
}

/** A list's filters and order; how many records it holds besides the comers is known where all of them are on the page. */
interface Listing {
  readonly query: string;
  readonly whole?: { readonly others: number; readonly state: 'live' | 'binned' };
}

/** The comers alone, by their category or job title. */
const comersAlone = {
  organisations: `category=${comers.organisations}`,
  people: `jobTitle=${comers.people}`,
};
const all = 'pageSize=200';

/** Every read of the workspace that the test asks, many of them on one another's records. */
export function questionsOf(world: StaleWorld): Question[] {
  return [
    ...(['organisations', 'people'] as const).flatMap((table) => [
      ...listingsOf(world, table).map((listing) => listQuestion(world, table, listing)),
      ...countsOf(world, table).map((listing) => countQuestion(table, listing)),
    ]),
    ...['temoin', 'apport', 'ailleurs', 'passage'].map((q) => organisationSearch(`search?q=${q}`)),
    organisationSearch('duplicates?name=Temoin%201%20v'),
    ...['proche temoin', 'proche apport', 'proche ailleurs', 'passant'].map((q) =>
      personSearch(world, `search?q=${encodeURIComponent(q)}`),
    ),
    personSearch(world, 'duplicates?lastName=Proche%20Temoin%201%201'),
    ...world.organisations.map(({ id }) => organisationDetail(id)),
    ...world.residents.map(({ id }) => organisationDetail(id)),
    ...world.people.map(({ id }) => personDetail(world, id)),
    categories(world),
    owners,
  ];
}

function listingsOf(
  { members, organisations, people }: StaleWorld,
  table: 'organisations' | 'people',
): Listing[] {
  const live = { state: 'live', others: { organisations, people }[table].length } as const;
  return [
    { query: all, whole: live },
    { query: `${all}&sort=-updatedAt&total=false`, whole: live },
    { query: `${all}&sort=owner`, whole: live },
    { query: `${all}&${comersAlone[table]}`, whole: { state: 'live', others: 0 } },
    { query: `${all}&bin=true`, whole: { state: 'binned', others: 0 } },
    { query: `ownerId=${members.user.id}` },
    ...['pageSize=5', 'pageSize=5&page=2', 'pageSize=5&page=3&total=false'].map((query) => ({ query })),
    ...(table === 'organisations'
      ? ['q=temoin', 'q=temoin&country=FR&active=true&total=false']
      : [`organisationId=${organisations[0]?.id}`, 'q=proche&sort=organisation']
    ).map((query) => ({ query })),
  ];
}

function countsOf({ organisations, people }: StaleWorld, table: 'organisations' | 'people'): Listing[] {
  return [
    { query: '', whole: { state: 'live', others: { organisations, people }[table].length } },
    { query: comersAlone[table], whole: { state: 'live', others: 0 } },
    { query: `q=${comers[table].toLowerCase()}`, whole: { state: 'live', others: 0 } },
    { query: 'bin=true', whole: { state: 'binned', others: 0 } },
  ];
}

function listQuestion(
  world: StaleWorld,
  table: 'organisations' | 'people',
  { query, whole }: Listing,
): Question {
  const part = whole && { ...whole, prefix: comers[table] };
  const wrong = (rows: Sighting[], total: number | undefined, look: Look) => [
    ...complaintsOf(rows, look),
    ...(part ? complaintsOfWhole(part, { rows, total }, look) : []),
  ];
  const url = `/api/v1/${table}?${query}`;
  return table === 'organisations'
    ? question('organisations.list', url, ({ items, total }, look) =>
        wrong(items.flatMap(sightingsOfOrganisation), total, look),
      )
    : question('people.list', url, ({ items, total }, look) =>
        wrong(
          items.flatMap((row) => sightingsOfPerson(row, world)),
          total,
          look,
        ),
      );
}

function countQuestion(table: 'organisations' | 'people', { query, whole }: Listing): Question {
  return question(`${table}.count`, `/api/v1/${table}/count?${query}`, ({ total }, look) =>
    whole ? complaintsOfWhole({ ...whole, prefix: comers[table] }, { total }, look) : [],
  );
}

function organisationSearch(path: `search?${string}` | `duplicates?${string}`): Question {
  const kind = path.startsWith('search') ? 'organisations.search' : 'organisations.duplicates';
  return question(kind, `/api/v1/organisations/${path}`, ({ items }, look) =>
    complaintsOf(items.flatMap(sightingsOfOrganisation), look),
  );
}

function personSearch(world: StaleWorld, path: `search?${string}` | `duplicates?${string}`): Question {
  const kind = path.startsWith('search') ? 'people.search' : 'people.duplicates';
  return question(kind, `/api/v1/people/${path}`, ({ items }, look) =>
    complaintsOf(
      items.flatMap((row) => sightingsOfPerson(row, world)),
      look,
    ),
  );
}

export function organisationDetail(id: string): Question {
  return question('organisations.get', `/api/v1/organisations/${id}`, (row, look) =>
    complaintsOf(sightingsOfOrganisation(row), look),
  );
}

export function personDetail(world: StaleWorld, id: string): Question {
  return question('people.get', `/api/v1/people/${id}`, (row, look) =>
    complaintsOf(sightingsOfPerson(row, world), look),
  );
}

/** An import gives all of its organisations one category, its latest. */
function categories({ organisations }: StaleWorld): Question {
  const imported = organisations.find(({ by }) => by === 'imports')?.id ?? '';
  return question('organisations.categories', '/api/v1/organisations/categories', ({ items }, look) =>
    complaintsOf(
      items
        .filter((item) => item.startsWith('Apport'))
        .map((saw) => ({ register: registerOf(imported, 'category'), saw })),
      look,
    ),
  );
}

export const owners = question('owners.list', '/api/v1/owners', ({ items }, look) => {
  const rows = items.flatMap(sightingsOfOwner);
  const part = { prefix: newcomers, state: 'live', others: 0 } as const;
  return [...complaintsOf(rows, look), ...complaintsOfWhole(part, { rows }, look)];
});

function question<N extends RouteName>(
  kind: N,
  url: string,
  judge: (answer: RouteAnswer<N>, look: Look) => Complaint[],
): Question {
  // Vif checks every answer against the contract before it gives it.
  return { kind, url, judge: (body, look) => judge(body as RouteAnswer<N>, look) };
}
