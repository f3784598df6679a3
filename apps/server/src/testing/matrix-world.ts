import { randomUUID } from 'node:crypto';
import { newToken, tokenHash } from '../auth/one-time-token.ts';
import type { Asker, TestVif } from './test-vif.ts';

type Members = Awaited<ReturnType<TestVif['workspace']>>;

/** A workspace whose every text carries its canary, so that one look at an answer tells whose data is in it. */
export interface MatrixWorkspace extends Members {
  readonly canary: string;
}

/** Whose a record is, seen from who asks. */
export type Whose = 'own' | 'colleague' | 'foreign';

export async function matrixWorkspace(vif: TestVif, canary: string): Promise<MatrixWorkspace> {
  return { ...(await vif.workspace(canary)), canary };
}

/** A record made behind Vif's back; `binned` puts it into the bin. */
export async function plantRecord(
  vif: TestVif,
  table: 'organisations' | 'people',
  workspace: MatrixWorkspace,
  owner: Asker,
  binned = false,
): Promise<string> {
  const id = randomUUID();
  const name = table === 'organisations' ? 'name' : 'last_name';
  await vif.database.owner.query(
    `insert into data.${table} (id, workspace_id, ${name}, email, notes, owner_id, external_id, search_text, name_key, deleted_at)
     values ($1::uuid, $2, $3, $4, $3, $5, $1::uuid::text, ' ' || lower($3), lower($3), case when $6 then now() end)`,
    [id, workspace.id, `${workspace.canary} ${id}`, `${id}@${workspace.canary}.test`, owner.userId, binned],
  );
  return id;
}

export async function plantMember(vif: TestVif, workspace: MatrixWorkspace): Promise<string> {
  const id = randomUUID();
  await vif.database.owner.query('select app.add_user($1, $2, $3, $4)', [
    id,
    `${workspace.canary} member`,
    `${id}@${workspace.canary}.test`,
    'no password fits',
  ]);
  await vif.database.owner.query(
    `insert into auth.member ("organizationId", "userId", role, "createdAt") values ($1, $2, 'user', now())`,
    [workspace.id, id],
  );
  return id;
}

export async function plantInvitation(
  vif: TestVif,
  workspace: MatrixWorkspace,
): Promise<{ id: string; token: string }> {
  const id = randomUUID();
  const token = newToken();
  await vif.database.owner.query(
    `insert into auth.invitation (id, "organizationId", email, role, "expiresAt", "inviterId", "tokenHash")
     values ($1::uuid, $2, $1::uuid::text || '@invited.test', 'readonly', now() + interval '1 day', $3, $4)`,
    [id, workspace.id, workspace.admin.userId, tokenHash(token).toString('hex')],
  );
  return { id, token };
}

const tables = [
  'data.organisations',
  'data.people',
  'data.audit_entries',
  'auth.member',
  'auth.invitation',
  'auth.organization',
  'auth."user"',
  'auth.account',
  'auth.session',
  'vif.setup_tokens',
];

/** One hash of everything that a refused request must leave as it was. */
export async function fingerprint(vif: TestVif): Promise<string> {
  const parts = tables.map(
    (table) => `select md5(string_agg(r::text, '|' order by r::text)) as hash from ${table} r`,
  );
  const { rows } = await vif.database.owner.query<{ hash: string | null }>(parts.join(' union all '));
  return rows.map((row) => row.hash ?? '').join(' ');
}
