import { randomUUID } from 'node:crypto';
import type { Role } from '@vif/contract/permissions';
import type pg from 'pg';
import type { Auth } from './auth.ts';

export interface NewMember {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
}

/**
 * Makes a workspace with its members in one transaction, for commands and tests: it needs the owner's connection.
 * A person who has an account already becomes a member with the password they have.
 */
export async function createWorkspace(
  owner: pg.Client,
  auth: Pick<Auth, '$context'>,
  workspace: { readonly name: string; readonly country: string },
  members: readonly NewMember[],
): Promise<{ id: string; userIds: string[] }> {
  const id = randomUUID();
  const { password } = await auth.$context;
  const hashes = await Promise.all(members.map((member) => password.hash(member.password)));
  await owner.query('begin');
  try {
    await owner.query(
      'insert into auth.organization (id, name, slug, country, "createdAt") values ($1::uuid, $2, $1::uuid::text, $3, now())',
      [id, workspace.name, workspace.country],
    );
    const userIds: string[] = [];
    for (const [index, member] of members.entries()) {
      const userId = await ensureUser(owner, member, hashes[index] ?? '');
      await owner.query(
        'insert into auth.member ("organizationId", "userId", role, "createdAt") values ($1, $2, $3, now())',
        [id, userId, member.role],
      );
      userIds.push(userId);
    }
    await owner.query('commit');
    return { id, userIds };
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

async function ensureUser(owner: pg.Client, { name, email }: NewMember, hash: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>('select id from auth."user" where email = lower($1)', [
    email,
  ]);
  if (rows[0]) return rows[0].id;
  const id = randomUUID();
  await owner.query('select app.add_user($1, $2, $3, $4)', [id, name, email, hash]);
  return id;
}
