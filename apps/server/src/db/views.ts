import type { ColumnType, Generated } from 'kysely';
import type { AuditEntries, Organisations, People } from './tables.ts';

/**
 * What the server's role sees: the views of schema `app`, each one workspace's part of its table. A view of business
 * rows has exactly its table's columns, so the generated types of the tables serve (tables.ts).
 */
export interface Views {
  'app.organisations': ViewOf<Organisations>;
  'app.people': ViewOf<People>;
  'app.audit_entries': ViewOf<AuditEntries>;
  'app.workspaces': { id: string; name: string; country: string };
  'app.members': {
    workspace_id: WorkspaceId;
    user_id: string;
    role: 'admin' | 'manager' | 'user' | 'readonly';
    joined_at: string;
  };
  'app.users': { id: string; name: string; email: string };
  'app.sessions': { id: string; user_id: string };
  'app.invitations': {
    id: Generated<string>;
    workspace_id: WorkspaceId;
    email: string;
    role: 'admin' | 'manager' | 'user' | 'readonly';
    expires_at: string;
    inviter_id: string;
    token_hash: string;
  };
}

/** The transaction's own workspace: read like any column, never written by a feature. */
type WorkspaceId = ColumnType<string, never, never>;
type ViewOf<Table> = Omit<Table, 'workspace_id'> & { workspace_id: WorkspaceId };
