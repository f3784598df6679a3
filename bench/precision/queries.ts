import type { Ask } from './asking.ts';

/** Statements as those of Vif's organisations.queries.ts and people.queries.ts; interactions are asked in the same way. */

const organisationRow = `o.id, o.name, o.category, o.active, o.email, o.phone, o.city, o.country, o.annual_revenue,
  o.owner_id, (select m.name from app.members m where m.id = o.owner_id) as owner_name, o.updated_at`;
const personRow = `p.id, p.first_name, p.last_name, p.job_title, p.email, p.organisation_id,
  p.organisation_name, p.owner_id, p.updated_at`;
const interactionRow = `i.id, i.kind, i.subject, i.happened_on, i.person_id, i.owner_id`;
export const pageSize = 50;

/** With its people and its last ten interactions, in one statement. */
export function getOrganisation(ask: Ask, id: string) {
  return ask(
    `select ${organisationRow}, o.notes,
       (select coalesce(json_agg(a), '[]') from (
         select ${personRow} from app.people p where p.organisation_id = o.id and p.deleted_at is null
         order by p.last_name, p.id limit 100) a) as people,
       (select coalesce(json_agg(b), '[]') from (
         select ${interactionRow} from app.interactions i where i.organisation_id = o.id
         order by i.happened_on desc, i.id limit 10) b) as interactions
     from app.organisations o where o.id = $1`,
    [id],
  );
}

/** With where they work and their last ten interactions. */
export function getPerson(ask: Ask, id: string) {
  return ask(
    `select ${personRow},
       (select coalesce(json_agg(b), '[]') from (
         select ${interactionRow} from app.interactions i where i.person_id = p.id
         order by i.happened_on desc, i.id limit 10) b) as interactions
     from app.people p where p.id = $1`,
    [id],
  );
}

export function listInteractions(ask: Ask, organisation: string, page: number) {
  return ask(
    `select ${interactionRow} from app.interactions i where i.organisation_id = $1
     order by i.happened_on desc, i.id limit ${pageSize} offset $2`,
    [organisation, (page - 1) * pageSize],
  );
}

export interface OrganisationFilter {
  readonly owner_id?: string;
  readonly active?: boolean;
  readonly category?: string;
  readonly country?: string;
}

/** @param order of a fixed list, never a caller's text */
export function listOrganisations(ask: Ask, order: string, page: number, filter: OrganisationFilter) {
  const where = Object.keys(filter)
    .map((column, at) => ` and o.${column} = $${at + 2}`)
    .join('');
  return ask(
    `select ${organisationRow} from app.organisations o where o.deleted_at is null${where}
     order by o.${order}, o.id limit ${pageSize} offset $1`,
    [(page - 1) * pageSize, ...Object.values<unknown>({ ...filter })],
  );
}

export function listPeople(ask: Ask, order: string, page: number) {
  return ask(
    `select ${personRow} from app.people p where p.deleted_at is null
     order by p.${order}, p.id limit ${pageSize} offset $1`,
    [(page - 1) * pageSize],
  );
}

/** The first ten that match, by name. */
export function searchOrganisations(ask: Ask, word: string) {
  return ask(
    `select o.id, o.name, o.city, o.country from app.organisations o
     where o.deleted_at is null and o.search_text like $1 order by o.name, o.id limit 10`,
    [`%${word}%`],
  );
}

export function searchPeople(ask: Ask, word: string) {
  return ask(
    `select p.id, p.first_name, p.last_name, p.job_title from app.people p
     where p.deleted_at is null and p.search_text like $1 order by p.last_name, p.id limit 10`,
    [`%${word}%`],
  );
}

export function countOrganisations(ask: Ask, by: 'category' | 'owner_id') {
  return ask(
    `select o.${by}, count(*) as total from app.organisations o where o.deleted_at is null group by o.${by} order by o.${by}`,
  );
}

/** Of the last twelve weeks, of one owner or of all. */
export function interactionsByWeek(ask: Ask, owner?: string) {
  return ask(
    `select date_trunc('week', i.happened_on) as week, i.kind, count(*) as total from app.interactions i
     where i.happened_on >= $1${owner === undefined ? '' : ' and i.owner_id = $2'} group by 1, 2 order by 1, 2`,
    ['2026-08-31', ...(owner === undefined ? [] : [owner])],
  );
}
