import type { Role } from '@vif/contract/permissions';
import type pg from 'pg';
import type { Workspace } from '../doors/context.ts';

export interface Membership {
  readonly workspace: Workspace;
  readonly role: Role;
}

/** Every workspace a user belongs to, first joined first. */
export async function membershipsOf(pool: pg.Pool, userId: string): Promise<Membership[]> {
  const { rows } = await pool.query<Workspace & { role: Role }>(
    `select o.id, o.name, o.country, m.role
     from auth.member m join auth.organization o on o.id = m."organizationId"
     where m."userId" = $1 order by m."createdAt", o.id`,
    [userId],
  );
  return rows.map(({ role, ...workspace }) => ({ workspace, role }));
}
