import type { House } from '../house.ts';
import { VifError } from '../problems/vif-error.ts';

/**
 * What a failure of the sign-in library is: it answers "internal" for whatever happens, so the database is asked
 * whether it is there.
 */
export async function libraryFault(house: House, cause: unknown): Promise<VifError> {
  try {
    await house.authPool.query('select 1');
  } catch {
    return new VifError('database_unavailable', { cause, retryAfter: 1 });
  }
  return new VifError('internal', { cause });
}
