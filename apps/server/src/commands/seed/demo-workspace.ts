import type { Client } from 'pg';
import type { Auth } from '../../auth/auth.ts';
import { createWorkspace, type NewMember } from '../../auth/create-workspace.ts';
import { randomPassword } from '../password/random-password.ts';
import type { WorkspaceFound } from '../reaching/find-member.ts';

export interface DemoWorkspace extends WorkspaceFound {
  readonly email: string;
  readonly password: string;
  /** E-mails of its other members, whose passwords nobody knows. */
  readonly others: readonly string[];
}

/** Whom a demonstration's records belong to, so that owners can be filtered and sorted by. */
const members: readonly Omit<NewMember, 'password'>[] = [
  { name: 'Camille Martin', email: 'camille.martin@demo.example', role: 'admin' },
  { name: 'Éléonore Lefèvre', email: 'eleonore.lefevre@demo.example', role: 'manager' },
  { name: 'Yann Le Gall', email: 'yann.legall@demo.example', role: 'user' },
  { name: 'Inès Benali', email: 'ines.benali@demo.example', role: 'user' },
  { name: 'Thomas Garnier', email: 'thomas.garnier@demo.example', role: 'user' },
  { name: 'Aurélie Fontaine', email: 'aurelie.fontaine@demo.example', role: 'readonly' },
];

/**
 * Makes a workspace with members when the database has none.
 * @returns undefined when there is a workspace already
 */
export async function makeDemoWorkspace(
  owner: Client,
  auth: Auth,
  name = 'Démonstration',
): Promise<DemoWorkspace | undefined> {
  const { rowCount } = await owner.query('select from auth.organization limit 1');
  if (rowCount) return undefined;
  const withPasswords = members.map((member) => ({ ...member, password: randomPassword() }));
  const { id } = await createWorkspace(owner, auth, { name, country: 'FR' }, withPasswords);
  const [admin, ...others] = withPasswords;
  return {
    id,
    name,
    email: admin?.email ?? '',
    password: admin?.password ?? '',
    others: others.map(({ email }) => email),
  };
}
