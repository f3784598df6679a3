import type { Role } from '@vif/contract/permissions';
import type { Database } from '../db/database.ts';

export type Language = 'fr' | 'en';

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; reads phone numbers that name no country. */
  readonly country: string;
}

/** Who asks, where and as what: made once a request, from the session alone, never from what the caller says. */
export interface RequestContext {
  readonly database: Database;
  readonly requestId: string;
  readonly language: Language;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly workspace: Workspace;
  readonly role: Role;
  readonly sessionId: string;
}
