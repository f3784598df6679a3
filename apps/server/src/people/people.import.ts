import type { RouteAnswer, RouteRequest } from '@vif/contract';
import { personInput } from '@vif/contract/people';
import { sql } from 'kysely';
import { type PersonField, personColumns as spellings } from '../csv/person-columns.ts';
import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import { type ImportFile, importRows } from '../imports/import-rows.ts';
import type { ImportSubject, Kept } from '../imports/import-subject.ts';
import { findOrganisations } from './people.import-organisations.ts';
import { personColumns } from './person-columns.ts';

type Input = RouteRequest<'people.create'>['body'];
type Columns = ReturnType<typeof personColumns>;
type Current = Columns & Kept & { readonly organisation_country: string | null };

const people: ImportSubject<PersonField, Input, Columns, Current> = {
  route: 'people.import',
  view: 'app.people',
  spellings,
  schema: personInput,
  types: {
    first_name: 'text',
    last_name: 'text',
    job_title: 'text',
    email: 'text',
    phone: 'text',
    phone_raw: 'text',
    organisation_id: 'uuid',
    owner_id: 'uuid',
    notes: 'text',
    external_id: 'text',
    search_text: 'text',
    name_key: 'text',
  },
  read: ({ owner: _, organisationExternalId: __, organisationName: ___, ...input }) => input,
  findCurrent: (db, externalIds) =>
    db
      .selectFrom('app.people as p')
      .selectAll()
      .select(
        sql<string | null>`(select o.country from app.organisations o where o.id = p.organisation_id)`.as(
          'organisation_country',
        ),
      )
      .where('p.external_id', 'in', externalIds)
      .orderBy('p.id')
      .forNoKeyUpdate()
      .execute(),
  async prepare(db, ctx, rows) {
    const organisationOf = await findOrganisations(db, rows);
    return (row, current) => {
      const { input, ownerId, remarks } = row;
      const organisation = organisationOf(row);
      const moved = organisation !== undefined && (organisation?.id ?? null) !== current?.organisation_id;
      // As where people edit: a number is read again only with itself or with another organisation.
      const readAgain = !current || moved || input.phone !== undefined;
      const made = personColumns(
        {
          ...(current && inputOf(current, readAgain)),
          ...input,
          ...(organisation !== undefined && { organisationId: organisation?.id ?? null }),
          ownerId: ownerId ?? current?.owner_id ?? ctx.user.id,
        },
        (organisation === undefined ? current?.organisation_country : organisation?.country) ??
          ctx.workspace.country,
        'keep',
      );
      const columns = readAgain ? made : { ...made, phone_raw: current.phone_raw };
      if (input.phone && columns.phone === null) remarks.warn('phone', 'impossible_phone', input.phone);
      return columns;
    };
  },
};

/**
 * Imports people from a CSV file: those whose external id is known are updated, the others are created. Their
 * organisations must be there already.
 * @throws {CsvError} when the file cannot be read
 * @throws {VifError} `invalid_csv` when too much of it is rejected
 */
export function importPeople(
  db: Db,
  ctx: RequestContext,
  file: ImportFile,
): Promise<RouteAnswer<'people.import'>> {
  return importRows(db, ctx, file, people);
}

/** A record as a form would have sent it; its phone as it was typed when it is to be read again. */
function inputOf(current: Columns, readAgain: boolean): Input {
  return {
    firstName: current.first_name,
    lastName: current.last_name,
    jobTitle: current.job_title,
    email: current.email,
    phone: readAgain ? current.phone_raw : (current.phone ?? current.phone_raw),
    organisationId: current.organisation_id,
    notes: current.notes,
    externalId: current.external_id,
  };
}
