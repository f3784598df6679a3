import type { RouteRequest } from '@vif/contract';
import type { Db } from '../db/database.ts';
import type { RequestContext } from '../doors/context.ts';
import { requireVersion } from '../doors/version.ts';
import { VifError } from '../problems/vif-error.ts';
import { refuseTakenExternalId } from '../records/bin.ts';
import { organisationColumns } from './organisation-columns.ts';
import { getOrganisation } from './organisations.queries.ts';

type Input = RouteRequest<'organisations.create'>['body'];
type Change = RouteRequest<'organisations.update'>['body'];

/** Makes an organisation; its owner is who makes it unless the input names one. */
export async function createOrganisation(db: Db, ctx: RequestContext, input: Input) {
  await refuseTakenExternalId(db, 'app.organisations', input.externalId);
  const complete = { ...input, ownerId: input.ownerId ?? ctx.user.id, active: input.active ?? true };
  const columns = organisationColumns(complete, ctx.workspace.country);
  const { id } = await db
    .insertInto('app.organisations')
    .values(columns)
    .returning('id')
    .executeTakeFirstOrThrow();
  return getOrganisation(db, id);
}

/**
 * Changes the fields that `change` names.
 * @throws {VifError} `version_outdated` when somebody saved since `version` was read, `not_found` also for a record in
 *   the bin, `not_owner`, `invalid_input`, `unknown_reference`, `external_id_taken`, `external_id_in_bin`
 */
export async function updateOrganisation(
  db: Db,
  ctx: RequestContext,
  id: string,
  version: string,
  change: Change,
) {
  await db.selectFrom('app.organisations').select('id').where('id', '=', id).forNoKeyUpdate().execute();
  const current = await getOrganisation(db, id);
  if (current.deletedAt !== null) throw new VifError('not_found');
  requireVersion('organisations.get', current, version);
  if (change.externalId !== current.externalId)
    await refuseTakenExternalId(db, 'app.organisations', change.externalId);
  // An impossible phone that came by import does not stand in the way of another field's edit.
  const phoneRule = change.phone === undefined ? 'keep' : 'refuse';
  // The phone is read again from what was typed: another country reads it otherwise.
  const merged = {
    ...current,
    phone: current.phoneRaw,
    ...change,
    name: change.name ?? current.name,
    active: change.active ?? current.active,
    ownerId: change.ownerId ?? current.ownerId,
  };
  await db
    .updateTable('app.organisations')
    .set(organisationColumns(merged, ctx.workspace.country, phoneRule))
    .where('id', '=', id)
    .execute();
  return getOrganisation(db, id);
}
