import { pick, type Random } from '../day/random.ts';
import type { Ask, ReadRequest } from './asking.ts';
import { type Member, organisationOf, personOf, rank } from './choosing.ts';
import { categories, countries, idOf, words } from './house.ts';
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

function ownList({ workspace, id }: Member, random: Random): ReturnType<Choose> {
  const order = ownOrders[rank(random, ownOrders.length)] ?? 'name';
  const page = 1 + rank(random, pagesOf(workspace.organisations / workspace.members));
  return [[id, order, page], (ask) => listOrganisations(ask, order, page, { owner_id: id })];
}

function list({ workspace }: Member, random: Random): ReturnType<Choose> {
  const order = organisationOrders[rank(random, organisationOrders.length)] ?? 'name';
  const page = 1 + rank(random, pagesOf(workspace.organisations));
  const filter = pick<() => OrganisationFilter>(random, [
    [5, () => ({})],
    [2, () => ({ active: true })],
    [2, () => ({ category: categories[rank(random, categories.length)] ?? '' })],
    [1, () => ({ country: countries[rank(random, countries.length)] ?? '' })],
  ])();
  return [[order, page, filter], (ask) => listOrganisations(ask, order, page, filter)];
}

function peopleList({ workspace }: Member, random: Random): ReturnType<Choose> {
  const order = peopleOrders[rank(random, peopleOrders.length)] ?? 'last_name';
  const page = 1 + rank(random, pagesOf(workspace.people));
  return [[order, page], (ask) => listPeople(ask, order, page)];
}

function search(find: (ask: Ask, word: string) => Promise<unknown>): Choose {
  return (_member, random) => {
    const word = words[rank(random, words.length)] ?? '';
    return [word, (ask) => find(ask, word)];
  };
}

function pagesOf(rows: number): number {
  return Math.min(mostPages, Math.ceil(rows / pageSize));
}
