import pg from 'pg';
import { VifError } from '../problems/vif-error.ts';
import { isConnectionFault } from './connection-faults.ts';

/** Constraints people can run into, and what they then read. */
const constraints: Record<string, (error: pg.DatabaseError) => VifError> = {
  organisations_workspace_id_external_id_key: (cause) => new VifError('external_id_taken', { cause }),
  people_workspace_id_external_id_key: (cause) => new VifError('external_id_taken', { cause }),
  people_organisation_fkey: (cause) => unknownReference('organisationId', cause),
  organisations_workspace_id_owner_id_fkey: (cause) => unknownReference('ownerId', cause),
  people_workspace_id_owner_id_fkey: (cause) => unknownReference('ownerId', cause),
  user_email_key: (cause) => new VifError('conflict', { cause }),
  invitation_organizationId_email_key: (cause) => new VifError('conflict', { cause }),
};

function unknownReference(field: string, cause: unknown): VifError {
  return new VifError('unknown_reference', { cause, fields: [{ path: [field], code: 'unknown_reference' }] });
}

/**
 * What went wrong in the database, in Vif's own codes; anything unforeseen is given back as it is.
 * @param phase `connecting` when no statement had been sent yet
 */
export function translateDatabaseError(error: unknown, phase: 'connecting' | 'working' = 'working'): unknown {
  if (error instanceof VifError) return error;
  if (error instanceof pg.DatabaseError) {
    const known = error.constraint ? constraints[error.constraint] : undefined;
    if (known) return known(error);
    switch (error.code) {
      case 'VF403':
        return new VifError('not_owner', { cause: error });
      case '22021': // an encoding that text cannot hold
      case '22P05':
        return new VifError('invalid_encoding', { cause: error });
      case '55P03': // a row stayed locked, or a statement ran, longer than a request may wait
      case '57014':
        return new VifError('busy', { cause: error, retryAfter: 5 });
      default:
        break;
    }
  }
  if (phase === 'connecting' || isConnectionFault(error)) {
    return new VifError('database_unavailable', { cause: error, retryAfter: 1 });
  }
  return error;
}
