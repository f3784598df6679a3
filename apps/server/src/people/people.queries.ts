import type { RouteAnswer, RouteRequest } from '@vif/contract';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Views } from '../db/views.ts';
import { VifError } from '../problems/vif-error.ts';
import { orderBy, plain, reading } from '../records/order.ts';
import { offsetOf, pageOf } from '../records/page-of.ts';
import { searchPatterns } from '../records/search-text.ts';

type Filters = RouteRequest<'people.count'>['query'];
type ListQuery = RouteRequest<'people.list'>['query'];
type People<Row> = SelectQueryBuilder<Views & { p: Views['app.people'] }, 'p', Row>;

const sorts = {
  lastName: [reading('p.last_name', false), reading('p.first_name', true)],
  firstName: [reading('p.first_name', true)],
  jobTitle: [reading('p.job_title', true)],
  email: [reading('p.email', true)],
  phone: [plain('p.phone', true)],
  organisation: [reading('p.organisation_name', true)],
  updatedAt: [plain('p.updated_at', false)],
  /** Within one owner; which owner comes first is `rowsByOwner`'s. */
  owner: [reading('p.last_name', false)],
} as const;

const rowColumns = [
  'p.id',
  'p.first_name as firstName',
  'p.last_name as lastName',
  'p.job_title as jobTitle',
  'p.email',
  'p.phone',
  'p.phone_raw as phoneRaw',
  'p.organisation_id as organisationId',
  'p.organisation_name as organisationName',
  sql<boolean>`exists (
    select from app.organisations o where o.id = p.organisation_id and o.deleted_at is not null)`.as(
    'organisationDeleted',
  ),
  'p.owner_id as ownerId',
  sql<string>`(select u.name from app.users u where u.id = p.owner_id)`.as('ownerName'),
  'p.updated_at as updatedAt',
  'p.deleted_at as deletedAt',
] as const;

function filtered<Row>(query: People<Row>, filters: Filters): People<Row> {
  let narrowed = query.where('p.deleted_at', filters.bin ? 'is not' : 'is', null);
  const ways = searchPatterns(filters.q ?? '');
  if (ways.length > 0) {
    narrowed = narrowed.where((eb) =>
      eb.or(ways.map((patterns) => eb.and(patterns.map((one) => eb('p.search_text', 'like', one))))),
    );
  }
  if (filters.ownerId !== undefined) narrowed = narrowed.where('p.owner_id', '=', filters.ownerId);
  if (filters.organisationId !== undefined)
    narrowed = narrowed.where('p.organisation_id', '=', filters.organisationId);
  // With the index's collation; which texts are equal is the same in each.
  if (filters.jobTitle)
    narrowed = narrowed.where(sql`p.job_title collate app.reading`, '=', filters.jobTitle);
  return narrowed;
}

/** A page of people; the total is a second statement, sent at once with the first. */
export async function listPeople(db: Db, query: ListQuery): Promise<RouteAnswer<'people.list'>> {
  const [items, count] = await Promise.all([
    query.sort.endsWith('owner') ? rowsByOwner(db, query) : rowsInOrder(db, query),
    query.total ? countPeople(db, query) : undefined,
  ]);
  return pageOf(items, count?.total, query);
}

function rowsInOrder(db: Db, query: ListQuery) {
  return filtered(db.selectFrom('app.people as p').select(rowColumns), query)
    .orderBy(orderBy(query.sort, sorts, 'p.id'))
    .limit(query.pageSize)
    .offset(offsetOf(query))
    .execute();
}

/** Member by member in the order of their names, each one's people by an index: names live in another table. */
function rowsByOwner(db: Db, query: ListQuery) {
  const ofOneOwner = filtered(
    db.selectFrom('app.people as p').select(['p.id', 'p.last_name as sortedBy']),
    query,
  )
    .where('p.owner_id', '=', sql<string>`owner.id`)
    .orderBy(orderBy(query.sort, sorts, 'p.id'))
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
    .innerJoin('app.people as p', 'p.id', 'page.id')
    .select(rowColumns)
    .orderBy('page.place')
    .execute();
}

export function countPeople(db: Db, filters: Filters): Promise<RouteAnswer<'people.count'>> {
  return filtered(db.selectFrom('app.people as p').select([]), filters)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
}

/** The first ten that match, by name. */
export async function searchPeople(db: Db, q: string): Promise<RouteAnswer<'people.search'>> {
  const items = await filtered(
    db
      .selectFrom('app.people as p')
      .select([
        'p.id',
        'p.first_name as firstName',
        'p.last_name as lastName',
        'p.organisation_name as organisationName',
      ]),
    { q, bin: false },
  )
    .orderBy(orderBy('lastName', sorts, 'p.id'))
    .limit(10)
    .execute();
  return { items };
}

/**
 * One person; also when they are in the bin.
 * @throws {VifError} `not_found`
 */
export async function getPerson(db: Db, id: string): Promise<RouteAnswer<'people.get'>> {
  const row = await db
    .selectFrom('app.people as p')
    .select(rowColumns)
    .select(['p.notes', 'p.external_id as externalId', 'p.created_at as createdAt'])
    .where('p.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new VifError('not_found');
  return row;
}
