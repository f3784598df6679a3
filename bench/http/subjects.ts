import type { RouteAnswer, RouteName } from '@vif/contract';
import { exchange } from '../vif/exchange.ts';
import type { Vif } from '../vif/start-vif.ts';
import type { Subjects } from './cases.ts';
import { shuffled } from './shuffled.ts';

/** Looks in the data for what the cases ask for. */
export async function findSubjects(vif: Vif): Promise<Subjects> {
  const ask = async <N extends RouteName>(_name: N, address: string): Promise<RouteAnswer<N>> => {
    const { status, body } = await exchange(vif.origin, address, { cookie: vif.cookie });
    if (status !== 200) throw new Error(`${address} was answered ${status}: ${body.toString()}`);
    // Vif holds each answer against the contract before it sends it.
    return JSON.parse(body.toString()) as RouteAnswer<N>;
  };
  const people = await ask('people.list', '/api/v1/people?total=false&pageSize=50');
  const { items } = await ask('organisations.categories', '/api/v1/organisations/categories');
  const me = await ask('me.get', '/api/v1/me');
  const organisation = people.items.find(({ organisationId }) => organisationId !== null)?.organisationId;
  const category = items[0];
  if (!organisation || category === undefined)
    throw new Error('The data folder has not the records it should.');
  return { organisation, missing: missingAddresses(category, me.id) };
}

/** Each a first page of a list that somebody narrowed and put in order: 18,240, in an order that mixes them evenly. */
function missingAddresses(category: string, ownerId: string): string[] {
  const filters = [{}, { active: 'true' }, { active: 'false' }, { country: 'FR' }, { category }, { ownerId }];
  const sorts = ['name', '-name', '-updatedAt', 'city'];
  const addresses = filters.flatMap((filter) =>
    sorts.flatMap((sort) =>
      numbers(1, 10).flatMap((page) =>
        numbers(25, 100).map((pageSize) => {
          const query = { total: 'false', page: `${page}`, pageSize: `${pageSize}`, sort, ...filter };
          return `/api/v1/organisations?${new URLSearchParams(query).toString()}`;
        }),
      ),
    ),
  );
  return shuffled(addresses);
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
