import type { RouteAnswer, RouteRequest } from '@vif/contract';
import { type SelectQueryBuilder, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Db } from '../db/database.ts';
import type { Views } from '../db/views.ts';
import { VifError } from '../problems/vif-error.ts';
import { orderBy, plain, reading } from '../records/order.ts';
import { offsetOf, pageOf } from '../records/page-of.ts';
import { searchPatterns } from '../records/search-text.ts';

type Filters = RouteRequest<'organisations.count'>['query'];
type ListQuery = RouteRequest<'organisations.list'>['query'];
type Organisations<Row> = SelectQueryBuilder<Views & { o: Views['app.organisations'] }, 'o', Row>;

const sorts = {
  name: [reading('o.name', false)],
  category: [reading('o.category', true)],
  active: [plain('o.active', false)],
  email: [reading('o.email', true)],
  phone: [plain('o.phone', true)],
  city: [reading('o.city', true)],
  country: [plain('o.country', true)],
  annualRevenue: [plain('o.annual_revenue', true)],
  updatedAt: [plain('o.updated_at', false)],
  /** Within one owner; which owner comes first is `rowsByOwner`'s. */
  owner: [reading('o.name', false)],
} as const;

const rowColumns = [
  'o.id',
  'o.name',
  'o.category',
  'o.active',
  'o.email',
  'o.phone',
  'o.phone_raw as phoneRaw',
  'o.city',
  'o.country',
  'o.annual_revenue as annualRevenue',
  'o.owner_id as ownerId',
  sql<string>`(select u.name from app.users u where u.id = o.owner_id)`.as('ownerName'),
  'o.updated_at as updatedAt',
  'o.deleted_at as deletedAt',
] as const;

function filtered<Row>(query: Organisations<Row>, filters: Filters): Organisations<Row> {
  let narrowed = query.where('o.deleted_at', filters.bin ? 'is not' : 'is', null);
  const ways = searchPatterns(filters.q ?? '');
  if (ways.length > 0) {
    narrowed = narrowed.where((eb) =>
      eb.or(ways.map((patterns) => eb.and(patterns.map((one) => eb('o.search_text', 'like', one))))),
    );
  }
  if (filters.ownerId !== undefined) narrowed = narrowed.where('o.owner_id', '=', filters.ownerId);
  if (filters.active !== undefined) narrowed = narrowed.where('o.active', '=', filters.active);
  if (filters.country !== undefined) narrowed = narrowed.where('o.country', '=', filters.country);
  // With the index's collation; which texts are equal is the same in each.
  if (filters.category) narrowed = narrowed.where(sql`o.category collate app.reading`, '=', filters.category);
  if (filters.city) narrowed = narrowed.where(sql`o.city collate app.reading`, '=', filters.city);
  return narrowed;
}

/** A page of organisations; the total is a second statement, sent at once with the first. */
export async function listOrganisations(
  db: Db,
  query: ListQuery,
): Promise<RouteAnswer<'organisations.list'>> {
  const [items, count] = await Promise.all([
    query.sort.endsWith('owner') ? rowsByOwner(db, query) : rowsInOrder(db, query),
    query.total ? countOrganisations(db, query) : undefined,
  ]);
  return pageOf(items, count?.total, query);
}

function rowsInOrder(db: Db, query: ListQuery) {
  return filtered(db.selectFrom('app.organisations as o').select(rowColumns), query)
    .orderBy(orderBy(query.sort, sorts, 'o.id'))
    .limit(query.pageSize)
    .offset(offsetOf(query))
    .execute();
}

/** Member by member in the order of their names, each one's organisations by an index: names live in another table. */
function rowsByOwner(db: Db, query: ListQuery) {
  const ofOneOwner = filtered(
    db.selectFrom('app.organisations as o').select(['o.id', 'o.name as sortedBy']),
    query,
  )
    .where('o.owner_id', '=', sql<string>`owner.id`)
    .orderBy(orderBy(query.sort, sorts, 'o.id'))
    .limit(offsetOf(query) + query.pageSize);
  const direction = query.sort.startsWith('-') ? 'desc' : 'asc';
  // The page's ids by the index alone; only its own rows are then read.
  const page = db
    .selectFrom('app.users as owner')
    .innerJoinLateral(ofOneOwner.as('part'), (join) => join.onTrue())
    .select((eb) => [
      'part.id',
      eb.fn
        .agg<number>('row_number')
        .over((over) =>
          over
            .orderBy(sql`owner.name collate app.reading`, direction)
            .orderBy('owner.id', direction)
            .orderBy(sql`part."sortedBy" collate app.reading`, direction)
            .orderBy('part.id', direction),
        )
        .as('place'),
    ])
    .orderBy('place')
    .limit(query.pageSize)
    .offset(offsetOf(query));
  return db
    .selectFrom(page.as('page'))
    .innerJoin('app.organisations as o', 'o.id', 'page.id')
    .select(rowColumns)
    .orderBy('page.place')
    .execute();
}

export function countOrganisations(db: Db, filters: Filters): Promise<RouteAnswer<'organisations.count'>> {
  return filtered(db.selectFrom('app.organisations as o').select([]), filters)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
}

/** The first ten that match, by name. */
export async function searchOrganisations(db: Db, q: string): Promise<RouteAnswer<'organisations.search'>> {
  const items = await filtered(
    db.selectFrom('app.organisations as o').select(['o.id', 'o.name', 'o.city', 'o.country']),
    {
      q,
      bin: false,
    },
  )
    .orderBy(orderBy('name', sorts, 'o.id'))
    .limit(10)
    .execute();
  return { items };
}

/** Each category once, by jumping from one to the next in the index instead of reading every row (at most 500). */
export async function listCategories(db: Db): Promise<RouteAnswer<'organisations.categories'>> {
  const after = (bound: ReturnType<typeof sql>) => sql`(
    select o.category from app.organisations o
    where o.deleted_at is null and o.category is not null ${bound}
    order by o.category collate app.reading limit 1)`;
  const { rows } = await sql<{ category: string }>`
    with recursive jump(category) as (
      ${after(sql``)}
      union all
      select ${after(sql`and o.category collate app.reading > jump.category collate app.reading`)}
      from jump where jump.category is not null
    )
    select category from jump where category is not null limit 500`.execute(db);
  return { items: rows.map((row) => row.category) };
}

/**
 * One organisation with the first 100 of its people, in one statement; also when it is in the bin.
 * @throws {VifError} `not_found`
 */
export async function getOrganisation(db: Db, id: string): Promise<RouteAnswer<'organisations.get'>> {
  const row = await db
    .selectFrom('app.organisations as o')
    .select(rowColumns)
    .select([
      'o.website',
      'o.address',
      'o.postal_code as postalCode',
      'o.siren',
      'o.notes',
      'o.external_id as externalId',
      'o.created_at as createdAt',
    ])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('app.people as p')
          .select(['p.id', 'p.first_name as firstName', 'p.last_name as lastName', 'p.job_title as jobTitle'])
          .select(['p.email', 'p.phone', 'p.phone_raw as phoneRaw'])
          .whereRef('p.organisation_id', '=', 'o.id')
          .where('p.deleted_at', 'is', null)
          .orderBy(sql`p.last_name collate app.reading`)
          .orderBy('p.id')
          .limit(100),
      ).as('people'),
      eb
        .selectFrom('app.people as p')
        .select((count) => count.fn.countAll<number>().as('total'))
        .whereRef('p.organisation_id', '=', 'o.id')
        .where('p.deleted_at', 'is', null)
        .$asScalar()
        .as('peopleTotal'),
    ])
    .where('o.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new VifError('not_found');
  return { ...row, peopleTotal: row.peopleTotal ?? 0 };
}
