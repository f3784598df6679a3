import type { RouteAnswer, RouteRequest } from '@vif/contract';
import { organisationInput } from '@vif/contract/organisations';
import { type OrganisationField, organisationColumns as spellings } from '../csv/organisation-columns.ts';
import { readCountry } from '../csv/read-country.ts';
import { readFlag } from '../csv/read-flag.ts';
import { readRevenue } from '../csv/read-revenue.ts';
import { readSiren } from '../csv/read-siren.ts';
import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import { type ImportFile, importRows } from '../imports/import-rows.ts';
import type { ImportSubject, Kept, Values } from '../imports/import-subject.ts';
import type { RowRemarks } from '../imports/row-remarks.ts';
import { organisationColumns } from './organisation-columns.ts';

type Input = RouteRequest<'organisations.create'>['body'];
type Columns = ReturnType<typeof organisationColumns>;

const organisations: ImportSubject<OrganisationField, Input, Columns, Columns & Kept> = {
  route: 'organisations.import',
  view: 'app.organisations',
  spellings,
  schema: organisationInput,
  types: {
    name: 'text',
    category: 'text',
    active: 'boolean',
    email: 'text',
    phone: 'text',
    phone_raw: 'text',
    website: 'text',
    address: 'text',
    postal_code: 'text',
    city: 'text',
    country: 'text',
    siren: 'text',
    annual_revenue: 'numeric',
    owner_id: 'uuid',
    notes: 'text',
    external_id: 'text',
    search_text: 'text',
    name_key: 'text',
  },
  read,
  findCurrent: (db, externalIds) =>
    db
      .selectFrom('app.organisations')
      .selectAll()
      .where('external_id', 'in', externalIds)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute(),
  prepare: async (_db, ctx) => (row, current) => {
    const { input, ownerId, remarks } = row;
    const merged = { ...(current && inputOf(current)), ...input };
    const columns = organisationColumns(
      { ...merged, active: merged.active ?? true, ownerId: ownerId ?? current?.owner_id ?? ctx.user.id },
      ctx.workspace.country,
      'keep',
    );
    if (input.phone && columns.phone === null) remarks.warn('phone', 'impossible_phone', input.phone);
    return columns;
  },
};

/**
 * Imports organisations from a CSV file: those whose external id is known are updated, the others are created.
 * @throws {CsvError} when the file cannot be read
 * @throws {VifError} `invalid_csv` when too much of it is rejected
 */
export function importOrganisations(
  db: Db,
  ctx: RequestContext,
  file: ImportFile,
): Promise<RouteAnswer<'organisations.import'>> {
  return importRows(db, ctx, file, organisations);
}

function read(values: Values<OrganisationField>, remarks: RowRemarks<OrganisationField>): unknown {
  const { owner: _, country, annualRevenue, active, siren, ...texts } = values;
  const input: Record<string, unknown> = { ...texts };
  if (siren !== undefined) input['siren'] = readSiren(siren);
  if (country !== undefined) {
    const code = country === '' ? '' : readCountry(country);
    if (code === undefined) remarks.warn('country', 'unknown_country', country);
    else input['country'] = code;
  }
  if (annualRevenue !== undefined) {
    const reading = readRevenue(annualRevenue);
    if (reading.ok) input['annualRevenue'] = reading.value;
    else remarks.fault('annualRevenue', reading.code, { value: annualRevenue });
  }
  if (active !== undefined) {
    const reading = readFlag(active);
    if (!reading.ok) remarks.fault('active', reading.code, { value: active });
    else if (reading.value !== undefined) input['active'] = reading.value;
  }
  return input;
}

/** A record as a form would have sent it; its phone as it was typed, to be read with the country that the row says. */
function inputOf(current: Columns): Input {
  return {
    name: current.name,
    category: current.category,
    active: current.active,
    email: current.email,
    phone: current.phone_raw,
    website: current.website,
    address: current.address,
    postalCode: current.postal_code,
    city: current.city,
    country: current.country,
    siren: current.siren,
    annualRevenue: current.annual_revenue,
    notes: current.notes,
    externalId: current.external_id,
  };
}
