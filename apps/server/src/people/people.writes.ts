import type { RouteRequest } from '@vif/contract';
import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import { requireVersion } from '../doors/version.ts';
import { VifError } from '../problems/vif-error.ts';
import { refuseTakenExternalId } from '../records/bin.ts';
import { getPerson } from './people.queries.ts';
import { personColumns } from './person-columns.ts';

type Input = RouteRequest<'people.create'>['body'];
type Change = RouteRequest<'people.update'>['body'];

/** Makes a person; its owner is who makes it unless the input names one. */
export async function createPerson(db: Db, ctx: RequestContext, input: Input) {
  await refuseTakenExternalId(db, 'app.people', input.externalId);
  const complete = { ...input, ownerId: input.ownerId ?? ctx.user.id };
  const columns = personColumns(complete, await countryOf(db, ctx, input.organisationId));
  const { id } = await db.insertInto('app.people').values(columns).returning('id').executeTakeFirstOrThrow();
  return getPerson(db, id);
}

/**
 * Changes the fields that `change` names.
 * @throws {VifError} `version_outdated` when somebody saved since `version` was read, `not_found` also for a record in
 *   the bin, `not_owner`, `invalid_input`, `unknown_reference`, `external_id_taken`, `external_id_in_bin`
 */
export async function updatePerson(db: Db, ctx: RequestContext, id: string, version: string, change: Change) {
  await db.selectFrom('app.people').select('id').where('id', '=', id).forNoKeyUpdate().execute();
  const current = await getPerson(db, id);
  if (current.deletedAt !== null) throw new VifError('not_found');
  requireVersion('people.get', current, version);
  if (change.externalId !== current.externalId)
    await refuseTakenExternalId(db, 'app.people', change.externalId);
  // An impossible phone that came by import does not stand in the way of another field's edit.
  const phoneRule = change.phone === undefined ? 'keep' : 'refuse';
  // What was typed is read again only with another organisation, whose country reads it otherwise: somebody who
  // edits the notes does not change a number because the organisation has moved since.
  const readAgain = change.phone !== undefined || change.organisationId !== undefined;
  const merged = {
    ...current,
    phone: readAgain ? current.phoneRaw : (current.phone ?? current.phoneRaw),
    ...change,
    lastName: change.lastName ?? current.lastName,
    ownerId: change.ownerId ?? current.ownerId,
  };
  const columns = personColumns(merged, await countryOf(db, ctx, merged.organisationId), phoneRule);
  await db
    .updateTable('app.people')
    .set(readAgain ? columns : { ...columns, phone_raw: current.phoneRaw })
    .where('id', '=', id)
    .execute();
  return getPerson(db, id);
}

/** The country that reads a person's phone number: their organisation's, else the workspace's. */
async function countryOf(
  db: Db,
  ctx: RequestContext,
  organisationId: string | null | undefined,
): Promise<string> {
  if (organisationId == null) return ctx.workspace.country;
  const organisation = await db
    .selectFrom('app.organisations')
    .select('country')
    .where('id', '=', organisationId)
    .executeTakeFirst();
  if (!organisation) {
    throw new VifError('unknown_reference', {
      fields: [{ path: ['organisationId'], code: 'unknown_reference' }],
    });
  }
  return organisation.country ?? ctx.workspace.country;
}
