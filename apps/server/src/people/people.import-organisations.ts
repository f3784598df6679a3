import { sql } from 'kysely';
import type { PersonField } from '../csv/person-columns.ts';
import type { Db } from '../db/database.ts';
import type { ImportRow } from '../imports/import-subject.ts';
import { organisationNameKey } from '../records/name-key.ts';
import { fold } from '../records/search-text.ts';

interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly country: string | null;
}

/** Organisations of one name; the one where there is just one. */
interface Namesakes extends Organisation {
  readonly count: number;
}

type Row = Pick<ImportRow<PersonField, unknown>, 'values' | 'remarks'>;

/**
 * Finds the organisations that a batch of people belong to, by external id, else by their whole name whatever its
 * accents and case, when just one is called so.
 * @returns for each row: the organisation, null for none, undefined when the file does not say or it is not there
 */
export async function findOrganisations(
  db: Db,
  rows: readonly Row[],
): Promise<(row: Row) => Organisation | null | undefined> {
  const byExternalId = await findByExternalId(db, rows);
  const isFound = ({ values }: Row) => byExternalId.has(values.organisationExternalId ?? '');
  const byName = await findByName(
    db,
    rows.filter((row) => !isFound(row)),
  );

  return ({ values, remarks }) => {
    const { organisationExternalId: externalId, organisationName: name } = values;
    if (externalId === undefined && name === undefined) return undefined;
    if (!externalId && !name) return null;
    const known = byExternalId.get(externalId ?? '');
    if (known) {
      if (known.deleted_at !== null)
        remarks.warn('organisationExternalId', 'binned_organisation', known.name);
      return known;
    }
    const [namesake, ...others] = byName.get(fold(name ?? '')) ?? [];
    if (namesake?.count === 1 && others.length === 0) return namesake;
    const [field, value] = name
      ? (['organisationName', name] as const)
      : (['organisationExternalId', externalId ?? ''] as const);
    remarks.warn(field, namesake ? 'ambiguous_organisation' : 'unknown_organisation', value);
    return undefined;
  };
}

async function findByExternalId(db: Db, rows: readonly Row[]) {
  const ids = new Set(rows.flatMap(({ values }) => values.organisationExternalId || []));
  if (ids.size === 0) return new Map<string, Organisation & { deleted_at: string | null }>();
  const found = await db
    .selectFrom('app.organisations')
    .select(['id', 'name', 'country', 'deleted_at', 'external_id'])
    .where('external_id', 'in', [...ids])
    .execute();
  return new Map(found.map(({ external_id, ...organisation }) => [external_id ?? '', organisation]));
}

/**
 * By `name_key`, which all spellings of a name share; then by the name itself. One look at the whole table for a batch:
 * 500 names in 100,000 organisations take 140 ms so, and 2,400 ms one by one through the trigram index.
 */
async function findByName(db: Db, rows: readonly Row[]): Promise<Map<string, Namesakes[]>> {
  const names = rows.flatMap(({ values }) => values.organisationName || []);
  const keys = new Set(names.map(organisationNameKey).filter((key) => key !== ''));
  if (keys.size === 0) return new Map();
  const { rows: found } = await sql<Namesakes>`
    select min(o.id::text) as id, o.name, min(o.country) as country, count(*) as count
    from unnest(${[...keys]}::text[]) as asked (key)
    join app.organisations o on o.name_key = asked.key
    where o.deleted_at is null group by o.name`.execute(db);
  return Map.groupBy(found, ({ name }) => fold(name));
}
