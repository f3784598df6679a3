import type { Db } from '../db/database.ts';
import { fold } from '../records/search-text.ts';

export type OwnerReading =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly code: 'unknown_owner' | 'ambiguous_owner' };

/** Reads who a cell means: a member by e-mail, else by name whatever its accents and case. */
export async function ownerReader(db: Db): Promise<(cell: string) => OwnerReading> {
  const members = await db.selectFrom('app.users').select(['id', 'name', 'email']).execute();
  const byEmail = new Map(members.map(({ id, email }) => [email.toLowerCase(), id]));
  const byName = Map.groupBy(members, ({ name }) => fold(name));
  return (cell) => {
    const id = byEmail.get(cell.trim().toLowerCase());
    if (id !== undefined) return { ok: true, id };
    const [namesake, ...others] = byName.get(fold(cell)) ?? [];
    if (!namesake) return { ok: false, code: 'unknown_owner' };
    return others.length > 0 ? { ok: false, code: 'ambiguous_owner' } : { ok: true, id: namesake.id };
  };
}
