import { pick, type Random } from '../day/random.ts';
import type { Ask, ReadRequest } from './asking.ts';
import { type Member, organisationOf, personOf, rank } from './choosing.ts';
import { categories, countries, idOf, words } from './house.ts';
import type { Mix } from './mix.ts';
import {
  countOrganisations,
  getOrganisation,
  getPerson,
  interactionsByWeek,
  listInteractions,
  listOrganisations,
  listPeople,
  type OrganisationFilter,
  pageSize,
  searchOrganisations,
  searchPeople,
} from './queries.ts';

const organisationOrders = [
  'name',
  'updated_at desc',
  'city',
  'annual_revenue desc',
  'category',
  'name desc',
  'country',
] as const;
const ownOrders = ['name', 'updated_at desc', 'city', 'annual_revenue desc'] as const;
const peopleOrders = ['last_name', 'updated_at desc', 'last_name desc'] as const;
const mostPages = 20;

type Choose = (
  member: Member,
  random: Random,
) => readonly [key: unknown, load: (ask: Ask) => Promise<unknown>];

/**
 * What people look at, and how often of 100 times: records 44, lists 28, searches 13 and statistics 15, as in *day*, whose
 * groups these are.
 */
const reads: readonly (readonly [weight: number, thing: readonly [route: string, Choose]])[] = [
  [20, ['organisation', organisation]],
  [12, ['person', person]],
  [12, ['interactions of an organisation', interactions]],
  [8, ['list: my organisations', ownList]],
  [12, ['list: all organisations', list]],
  [8, ['list: all people', peopleList]],
  [8, ['search: organisations', search(searchOrganisations)]],
  [5, ['search: people', search(searchPeople)]],
  [4, ['statistics: by category', () => [0, (ask) => countOrganisations(ask, 'category')]]],
  [3, ['statistics: by owner', () => [0, (ask) => countOrganisations(ask, 'owner_id')]]],
  [5, ['statistics: my weeks', ({ id }) => [id, (ask) => interactionsByWeek(ask, id)]]],
  [3, ['statistics: weeks of all', () => [0, (ask) => interactionsByWeek(ask)]]],
];

export const routes: readonly string[] = reads.map(([, [route]]) => route);

/** What somebody looks at next. */
export function chooseRead(member: Member, random: Random): ReadRequest {
  const [route, choose] = pick(random, reads);
  const [asked, load] = choose(member, random);
  return {
    route,
    workspace: member.workspace.id,
    key: `${member.workspace.number} ${JSON.stringify(asked)}`,
    load,
  };
}

function organisation(member: Member, random: Random): ReturnType<Choose> {
  const id = idOf('organisation', member.workspace.number, organisationOf(member, random));
  return [id, (ask) => getOrganisation(ask, id)];
}

function person(member: Member, random: Random): ReturnType<Choose> {
  const id = idOf('person', member.workspace.number, personOf(member, random));
  return [id, (ask) => getPerson(ask, id)];
}

function interactions(member: Member, random: Random): ReturnType<Choose> {
  const id = idOf('organisation', member.workspace.number, organisationOf(member, random));
  const page = 1 + rank(random, 3);
  return [[id, page], (ask) => listInteractions(ask, id, page)];
}

interface List {
  readonly order: string;
  readonly page: number;
  readonly filter: OrganisationFilter;
}

/** Lists by how often they are opened: the usual order, the first page and no filter first. */
function listsOf(orders: readonly string[], filters: readonly OrganisationFilter[], pages: number): List[] {
  return filters
    .flatMap((filter, ofFilter) =>
      orders.flatMap((order, ofOrder) =>
        Array.from({ length: pages }, (_, page) => ({
          opened: { order, page: page + 1, filter },
          place: (ofFilter + 1) * (ofOrder + 1) * (page + 1),
        })),
      ),
    )
    .toSorted((one, other) => one.place - other.place)
    .map(({ opened }) => opened);
}

const filters: readonly OrganisationFilter[] = [
  {},
  { active: true },
  ...categories.map((category) => ({ category })),
  ...countries.map((country) => ({ country })),
];
const lists = {
  own: (pages: number) => listsOf(ownOrders, [{}], pages),
  all: (pages: number) => listsOf(organisationOrders, filters, pages),
  people: (pages: number) => listsOf(peopleOrders, [{}], pages),
};
const made = new Map<string, List[]>();

function chooseList({ mix }: Member, random: Random, kind: keyof Mix['lists'], rows: number): List {
  const pages = Math.min(mostPages, Math.ceil(rows / pageSize));
  const name = `${kind} ${pages}`;
  const all = made.get(name) ?? lists[kind](pages);
  made.set(name, all);
  const opened = all[rank(random, Math.min(all.length, mix.lists[kind]))];
  if (!opened) throw new RangeError('There is no list.');
  return opened;
}

function ownList(member: Member, random: Random): ReturnType<Choose> {
  const { workspace, id } = member;
  const { order, page } = chooseList(member, random, 'own', workspace.organisations / workspace.members);
  return [[id, order, page], (ask) => listOrganisations(ask, order, page, { owner_id: id })];
}

function list(member: Member, random: Random): ReturnType<Choose> {
  const { order, page, filter } = chooseList(member, random, 'all', member.workspace.organisations);
  return [[order, page, filter], (ask) => listOrganisations(ask, order, page, filter)];
}

function peopleList(member: Member, random: Random): ReturnType<Choose> {
  const { order, page } = chooseList(member, random, 'people', member.workspace.people);
  return [[order, page], (ask) => listPeople(ask, order, page)];
}

function search(find: (ask: Ask, word: string) => Promise<unknown>): Choose {
  return ({ mix }, random) => {
    const word = words[rank(random, Math.min(words.length, mix.words))] ?? '';
    return [word, (ask) => find(ask, word)];
  };
}
